import { afterEach, describe, expect, it } from 'vitest';
import { startSwift, swiftAvailable } from '../../e2e/swift/swift.ts';
import type { Fault } from '../sandbox/objects/fault.ts';
import { type SandboxOptions, startSandbox } from '../sandbox/server.ts';
import { type Examination, examine } from './examination.ts';

const ORIGIN = 'https://brand.example';
const ACCOUNT = '12345678';

const left: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const undo of left.splice(0).reverse()) await undo();
});

async function start(options: Partial<SandboxOptions> = {}) {
  const sandbox = await startSandbox({ port: 0, storePort: 0, storeOrigins: [ORIGIN], agent: false, ...options });
  left.push(() => sandbox.close());
  return { sandbox, domainApi: new URL(`http://127.0.0.1:${sandbox.port}`) };
}

function examineAt(domainApi: URL, asked: { account?: string; origin?: string | null } = {}): Promise<Examination> {
  const { account = ACCOUNT, origin = ORIGIN } = asked;
  return examine({ account, domainApi, origin, connector: null });
}

function states({ outcomes }: Examination): string {
  return outcomes.map(({ at }) => ({ passed: '+', failed: 'X', 'not tried': '.' })[at]).join('');
}

function failure({ outcomes }: Examination): string {
  const failed = outcomes.find((outcome) => outcome.at === 'failed');
  return failed ? `${failed.why} ${failed.advice}` : '';
}

describe('npm run doctor', () => {
  it('finds seven steps that work, in their order, and leaves no open conversation', async () => {
    const { sandbox, domainApi } = await start();
    const examination = await examineAt(domainApi);
    expect([states(examination), failure(examination), examination.remarks]).toEqual(['+++++++', '', []]);
    const asked = sandbox.brand.requests.filter(({ from }) => from === 'consumer');
    expect(asked.map(({ type }) => type)).toEqual([
      'InitConnection',
      'cqm.SubscribeExConversations',
      'cm.ConsumerRequestConversation',
      'ms.GenerateURLForUploadFile',
      'ms.PublishEvent',
      'ms.GenerateURLForDownloadFile',
      'cm.UpdateConversationField',
    ]);
    expect(sandbox.store?.requests.map(({ method, status, origin }) => [method, status, origin])).toEqual([
      ['OPTIONS', 200, ORIGIN],
      ['PUT', 201, ORIGIN],
      ['GET', 200, ORIGIN],
    ]);
  });

  it('asks no page’s leave when no origin is named, and says so', async () => {
    const { sandbox, domainApi } = await start();
    const examination = await examineAt(domainApi, { origin: null });
    expect(states(examination)).toBe('+++++++');
    expect(examination.remarks).toEqual([expect.stringContaining('--origin')]);
    expect(sandbox.store?.requests.map(({ method }) => method)).toEqual(['PUT', 'GET']);
  });

  it('names step 1 when file sharing is off', async () => {
    const { domainApi } = await start({ accounts: [{ id: ACCOUNT, fileSharing: false }] });
    const examination = await examineAt(domainApi);
    expect(states(examination)).toBe('X+.....');
    expect(failure(examination)).toContain('npm run account -- enable-file-sharing');
  });

  it('names step 2 for an unknown account and a service that is not there', async () => {
    const { domainApi } = await start();
    const unknown = await examineAt(domainApi, { account: 'nobody' });
    expect([states(unknown), failure(unknown)]).toEqual(['.X.....', expect.stringContaining('account nobody')]);
    const nowhere = await examineAt(new URL('http://127.0.0.1:9'));
    expect([states(nowhere), failure(nowhere)]).toEqual(['.X.....', expect.stringContaining('could not be reached')]);
  });

  it('names step 4 for a Swift host where nothing is, and for one that knows another key', async () => {
    const other = await start();
    const nothing = await start({ swift: { url: 'http://127.0.0.1:9', key: 'k' } });
    const absent = await examineAt(nothing.domainApi);
    expect([states(absent), failure(absent)]).toEqual(['+++X...', expect.stringContaining('could not be reached')]);
    const elsewhere = await start({ swift: { url: `http://127.0.0.1:${other.sandbox.storePort}`, key: 'k' } });
    const wrong = await examineAt(elsewhere.domainApi);
    expect([states(wrong), failure(wrong)]).toEqual(['+++X...', expect.stringContaining('refuses the signed URL')]);
  });

  it('names step 4 for an origin that is not allowed', async () => {
    const { sandbox, domainApi } = await start();
    const examination = await examineAt(domainApi, { origin: 'https://other.example' });
    expect(states(examination)).toBe('+++X...');
    expect(sandbox.store?.requests.map(({ method }) => method)).toEqual(['OPTIONS']);
    expect(failure(examination)).toContain('add https://other.example to the origins');
  });

  it.each([
    [3, 'ms.GenerateURLForUploadFile', '.+X....'],
    [5, 'ms.PublishEvent', '++++X..'],
    [6, 'ms.GenerateURLForDownloadFile', '+++++X.'],
  ])('names step %i when %s fails, and closes the conversation all the same', async (_, type, expected) => {
    const { sandbox, domainApi } = await start();
    sandbox.brand.override(type, () => ({ code: 503, type: 'StringResponse', body: 'busy' }));
    const examination = await examineAt(domainApi);
    expect([states(examination), failure(examination)]).toEqual([expected, expect.stringContaining('503')]);
    expect(sandbox.brand.requests.at(-1)?.type).toBe('cm.UpdateConversationField');
  });

  it.each<[string, Fault, string]>([
    ['is not there', { how: 'status', status: 404 }, 'answered 404'],
    ['is cut off', { how: 'cut' }, 'could not be reached'],
  ])('names step 7 when the file %s', async (_, fault, why) => {
    const { sandbox, domainApi } = await start();
    sandbox.store?.fail(({ method }) => method === 'GET', fault);
    const examination = await examineAt(domainApi);
    expect([states(examination), failure(examination)]).toEqual(['++++++X', expect.stringContaining(why)]);
  });

  it('names step 7 when other bytes come back', async () => {
    const { sandbox, domainApi } = await start();
    sandbox.brand.override('ms.GenerateURLForDownloadFile', (__, proceed) => {
      for (const object of sandbox.store?.objects.values() ?? []) object.bytes.fill(0);
      return proceed();
    });
    const examination = await examineAt(domainApi);
    expect([states(examination), failure(examination)]).toEqual(['++++++X', expect.stringContaining('not the 70')]);
  });

  it('remarks on a conversation that it could not close', async () => {
    const { sandbox, domainApi } = await start();
    sandbox.brand.override('cm.UpdateConversationField', () => ({ code: 503, type: 'StringResponse', body: 'busy' }));
    const examination = await examineAt(domainApi);
    expect(states(examination)).toBe('+++++++');
    expect(examination.remarks).toEqual([expect.stringMatching(/could not be closed.*503/)]);
  });
});

const available = swiftAvailable();
if (available !== true) process.stderr.write(`\n*** SKIPPED: the doctor against a real Swift. ${available}\n\n`);

describe.skipIf(available !== true && process.env.CI !== 'true')('npm run doctor with a real OpenStack Swift', () => {
  it('finds seven steps that work, and an origin that is not allowed', async () => {
    const swift = await startSwift({ origins: [ORIGIN], key: 'a key of its own', containers: [ACCOUNT] });
    left.push(() => swift.stop());
    for (const digest of ['sha1', 'sha256'] as const) {
      const { domainApi } = await start({ swift: { url: swift.url, key: swift.key, digest } });
      const well = await examineAt(domainApi);
      expect([states(well), failure(well)]).toEqual(['+++++++', '']);
      expect(states(await examineAt(domainApi, { origin: 'https://other.example' }))).toBe('+++X...');
    }
  }, 120_000);
});
