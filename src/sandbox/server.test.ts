import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signedUrl } from '../protocol/http.ts';
import { decodeReply } from '../protocol/reply.ts';
import { ACCOUNT, changesOf, converse, greet, notification, publish, startTestSandbox, text } from './peer.ts';
import { sign } from './sign.ts';

function temporary(): string {
  return mkdtempSync(join(tmpdir(), 'sandbox-'));
}

describe('a data folder', () => {
  it('[S26] keeps conversations, tokens, properties and files over a restart', async () => {
    const folder = temporary();
    const data = join(folder, 'not', 'yet');
    const first = await startTestSandbox({ data });
    const token = first.brand.consumerToken(ACCOUNT, { sub: 'kept' });
    const peer = await first.consumer('kept');
    const id = await converse(peer);
    await publish(peer, id, text('remember me'));
    const upload = decodeReply(
      'ms.GenerateURLForUploadFile',
      200,
      (await peer.ask('ms.GenerateURLForUploadFile', { fileSize: 4, fileType: 'PNG' })).body,
    );
    await fetch(signedUrl(`http://localhost:${first.storePort}`, upload), { method: 'PUT', body: 'abcd' });
    first.brand.setFileSharing(ACCOUNT, false);
    await first.close();

    const second = await startTestSandbox({ data });
    const again = await second.strange();
    expect(await greet(again, token)).toMatchObject({ code: 200 });
    await again.ask('ms.SubscribeMessagingEvents', { fromSeq: 0, dialogId: id });
    const backlog = await again.next(notification('MessagingEventNotification'));
    expect(changesOf(backlog)).toMatchObject([{ sequence: 1, event: text('remember me') }]);
    expect(await publish(again, id, text('next'))).toMatchObject({ body: { sequence: 2 } });
    expect(await again.ask('ms.GenerateURLForUploadFile', { fileSize: 4, fileType: 'PNG' })).toMatchObject({
      code: 400,
    });
    const { relativePath } = upload;
    const answer = await again.ask('ms.GenerateURLForDownloadFile', { relativePath });
    const path = decodeReply('ms.GenerateURLForDownloadFile', Number(answer.code), answer.body);
    expect(await (await fetch(signedUrl(`http://localhost:${second.storePort}`, path))).text()).toBe('abcd');
    await again.leave();
    await second.close();
    rmSync(folder, { recursive: true });
  });

  it('[S26] refuses a file that it did not write', async () => {
    const data = temporary();
    for (const [text, complaint] of [
      ['{"version":9}', 'another version'],
      ['{"version":', 'not JSON'],
    ] as const) {
      writeFileSync(join(data, 'brand.json'), text);
      await expect(startTestSandbox({ data })).rejects.toThrow(complaint);
      expect(readFileSync(join(data, 'brand.json'), 'utf8')).toBe(text);
    }
    rmSync(data, { recursive: true });
  });
});

describe('starting', () => {
  it('says which port is taken', async () => {
    const first = await startTestSandbox();
    await expect(startTestSandbox({ port: first.port })).rejects.toThrow(`Port ${first.port} is taken`);
    await first.close();
  });

  it.each(['sha1', 'sha256'] as const)('signs for an external Swift with its key, %s', async (digest) => {
    const sandbox = await startTestSandbox({ swift: { url: 'http://127.0.0.1:8080', key: 'k', digest } });
    expect(sandbox.storePort).toBeNull();
    const domains = await fetch(`${sandbox.http}/api/account/${ACCOUNT}/service/swift/baseURI.json`);
    expect(await domains.json()).toMatchObject({ baseURI: '127.0.0.1:8080' });
    const peer = await sandbox.consumer();
    const answer = await peer.ask('ms.GenerateURLForUploadFile', { fileSize: 4, fileType: 'PNG' });
    const path = decodeReply('ms.GenerateURLForUploadFile', 200, answer.body);
    expect(path.signature).toBe(sign('k', 'PUT', path.expires ?? 0, path.relativePath, digest));
    await peer.leave();
    await sandbox.close();
  });

  it('refuses an address that is none', async () => {
    await expect(startTestSandbox({ swift: { url: 'swift', key: 'k' } })).rejects.toThrow('Swift address');
  });
});

describe('the command', () => {
  function run(args: string[]): Promise<{ code: number | null; output: string }> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, ['tools/run.mjs', 'src/sandbox/main.ts', ...args]);
      let output = '';
      const read = (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('administrator')) child.kill('SIGINT');
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.on('close', (code) => resolve({ code, output }));
    });
  }

  it.each([
    [['--port', 'x'], '--port must be a port number'],
    [['--swift', 'http://127.0.0.1:1'], '--swift needs --swift-key'],
    [['--frobnicate'], 'frobnicate'],
  ])(
    'refuses %j',
    async (args, complaint) => {
      const { code, output } = await run(args);
      expect(code).toBe(1);
      expect(output).toContain(complaint);
      expect(output).toContain('usage:');
    },
    30_000,
  );

  it('prints its addresses and ends cleanly', async () => {
    const { code, output } = await run(['--port', '0', '--store-port', '0']);
    expect(output).toMatch(/services\s+http:\/\/localhost:\d+\/api\/account\/12345678/);
    expect(output).toMatch(/object store\s+http:\/\/localhost:\d+/);
    expect(code).toBe(0);
  }, 30_000);
});
