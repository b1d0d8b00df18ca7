import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { accountCommand } from './accountCommand.ts';

let sandbox: Sandbox;
let services: string;
beforeAll(async () => {
  const accounts = [{ id: 'on' }, { id: 'off', fileSharing: false }];
  sandbox = await startSandbox({ port: 0, storePort: 0, accounts, agent: false });
  services = `http://127.0.0.1:${sandbox.port}`;
});
afterEach(() => sandbox.brand.setFileSharing('off', false));
afterAll(() => sandbox.close());

interface Told {
  command?: string;
  account?: string;
  user?: string;
  password?: string;
  domainApi?: string;
  /** Runs after each line that is said. */
  meanwhile?(line: string): void;
}

async function run(told: Told = {}): Promise<string[]> {
  const { command = 'enable-file-sharing', account = 'off', user = 'admin', password = 'demo' } = told;
  const lines: string[] = [];
  const argv = [command, '--account', account, '--user', user, '--domain-api', told.domainApi ?? services];
  await accountCommand(
    argv,
    async () => password,
    (line) => {
      lines.push(line);
      told.meanwhile?.(line);
    },
  );
  return lines;
}

describe('npm run account', () => {
  it('switches file sharing on and says how it was and is', async () => {
    expect((await run()).slice(0, 3)).toEqual([
      'account off: messaging.file.sharing.enabled',
      'before  false',
      'after   true',
    ]);
    expect(await run({ command: 'show-file-sharing' })).toContain('now     true');
  });

  it('leaves alone what is on already', async () => {
    const { length } = await run({ account: 'on' });
    expect(length).toBe(3);
    expect((await run({ account: 'on' })).at(-1)).toBe('File sharing was on already, nothing was changed.');
  });

  it('shows without changing', async () => {
    expect(await run({ command: 'show-file-sharing' })).toContain('now     false');
    expect(await run({ command: 'show-file-sharing' })).toContain('now     false');
  });

  it.each<[string, Told, RegExp, RegExp]>([
    ['an unknown account', { account: 'nobody' }, /No services are known for account nobody/, /account number/],
    ['a wrong password', { password: 'wrong' }, /User admin with this password may not sign in/, /Check login name/],
    ['no right to change', { user: 'agent@example.com' }, /User agent@example.com may not do this/, /administrator/],
    [
      'a host that is not there',
      { domainApi: 'http://127.0.0.1:9' },
      /127.0.0.1:9 could not be reached/,
      /--domain-api/,
    ],
  ])('says what to do about %s', async (_, told, why, advice) => {
    await expect(run(told)).rejects.toMatchObject({
      message: expect.stringMatching(why),
      advice: expect.stringMatching(advice),
    });
  });

  it('changes nothing when another was faster', async () => {
    const meanwhile = (line: string) => {
      if (line.startsWith('before')) sandbox.brand.setFileSharing('off', false);
    };
    await expect(run({ meanwhile })).rejects.toThrow(/Somebody else changed the setting/);
    expect(await run({ command: 'show-file-sharing' })).toContain('now     false');
  });
});

describe('npm run account, with answers the sandbox does not give', () => {
  const left: (() => unknown)[] = [];
  afterEach(() => {
    for (const undo of left.splice(0)) undo();
  });

  /** A service that keeps the property as it likes; resolves to its address and what was PUT. */
  async function serve(property: (put: unknown[]) => { status?: number; body?: unknown }) {
    const put: unknown[] = [];
    const listener: RequestListener = (request, response) => {
      const { port } = server.address() as AddressInfo;
      let text = '';
      request.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      request.on('end', () => {
        const service = (name: string) => ({ service: name, baseURI: `127.0.0.1:${port}` });
        const asked = request.url ?? '';
        if (request.method === 'PUT') put.push({ match: request.headers['if-match'], body: JSON.parse(text) });
        const answers: [RegExp, { status?: number; body?: unknown }][] = [
          [/baseURI\.json/, { body: { baseURIs: ['agentVep', 'accountConfigReadWrite'].map(service) } }],
          [/\/login/, { body: { bearer: 'a bearer' } }],
          [/properties/, property(put)],
        ];
        const { status = 200, body = {} } = answers.find(([path]) => path.test(asked))?.[1] ?? { status: 404 };
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    };
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    left.push(
      () => server.close(),
      () => server.closeAllConnections(),
    );
    return { put, domainApi: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  it('sets what was never set', async () => {
    const { put, domainApi } = await serve((written) =>
      written.length === 0 ? { status: 404 } : { body: { propertyValue: { value: true } } },
    );
    expect((await run({ domainApi })).slice(1, 3)).toEqual(['before  never set, which is off', 'after   true']);
    const body = { id: 'messaging.file.sharing.enabled', type: 1, propertyValue: { value: true }, deleted: false };
    expect(put).toEqual([{ match: '-1', body }]);
  });

  it('keeps words as words, and asks for the revision in the body where there is no ETag', async () => {
    const { put, domainApi } = await serve((written) => ({
      body: { type: 2, revision: 7, propertyValue: { value: String(written.length > 0) } },
    }));
    expect((await run({ domainApi })).slice(1, 3)).toEqual(['before  false', 'after   true']);
    expect(put).toMatchObject([{ match: '7', body: { type: 2, propertyValue: { value: 'true' } } }]);
  });

  it('does not believe a change that did not happen', async () => {
    const { domainApi } = await serve(() => ({ body: { propertyValue: { value: false } } }));
    await expect(run({ domainApi })).rejects.toThrow(/still says that file sharing is off/);
  });

  it.each([
    ['503', { status: 503 }, /settings service answered 503/],
    ['something else', { body: { hello: 1 } }, /cannot be understood/],
  ])('says so when it is answered %s', async (_, answer, why) => {
    const { domainApi } = await serve(() => answer);
    await expect(run({ domainApi })).rejects.toThrow(why);
  });
});
