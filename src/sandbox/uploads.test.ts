import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FILE_SHARING_OFF } from '../protocol/fileTypes.ts';
import { signedUrl } from '../protocol/http.ts';
import { decodeReply } from '../protocol/reply.ts';
import { ACCOUNT, converse, type Peer, publish, startTestSandbox } from './peer.ts';

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let peer: Peer;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  peer = await sandbox.consumer('photographer');
});
afterAll(async () => {
  await peer.leave();
  await sandbox.close();
});

const ask = (fileSize: unknown, fileType: unknown) => peer.ask('ms.GenerateURLForUploadFile', { fileSize, fileType });
const store = () => `http://localhost:${sandbox.storePort}`;
const pathOf = (answer: Record<string, unknown>) => decodeReply('ms.GenerateURLForUploadFile', 200, answer.body);

describe('upload addresses', () => {
  it.each([
    [1000, 'PNG'],
    ['1000', 'JPG'],
    [3_000_000, 'JPEG'],
    [5_000_000, 'PDF'],
    [1, 'txt'],
  ])('[S13] are given for %s bytes of %s', async (size, type) => {
    expect(await ask(size, type)).toMatchObject({ code: 200, type: 'ms.BaseGenerateURLResponse' });
  });

  it.each([
    [1000, 'EXE'],
    [1000, 'SVG'],
    [1000, undefined],
    [3_000_001, 'GIF'],
    [5_000_001, 'DOCX'],
    [0, 'PNG'],
    [-1, 'PNG'],
    [1.5, 'PNG'],
    ['many', 'PNG'],
    [undefined, 'PNG'],
  ])('[S13] are refused for %s bytes of %s', async (size, type) => {
    expect(await ask(size, type)).toMatchObject({ code: 400, body: expect.any(String) });
  });

  it('[S14] are refused in words while file sharing is off', async () => {
    sandbox.brand.setFileSharing(ACCOUNT, false);
    expect(await ask(1000, 'PNG')).toMatchObject({ code: 400, body: FILE_SHARING_OFF });
    sandbox.brand.setFileSharing(ACCOUNT, true);
    expect(await ask(1000, 'PNG')).toMatchObject({ code: 200 });
  });

  it('[S15] name account, consumer, moment and type, and live for 60 s', async () => {
    const before = Math.floor(Date.now() / 1000);
    const path = pathOf(await ask(1000, 'jpg'));
    expect(path.relativePath).toMatch(
      /^\/v1\/AUTH_async-images\/12345678\/photographer_uuid_[0-9a-f-]{36}_\d\d-\d\d-\d{4}_\d\d-\d\d-\d\d-\d{3}\.JPG$/,
    );
    expect(path.rawExpires).toMatch(/^\d+$/);
    expect((path.expires ?? 0) - before).toBeGreaterThanOrEqual(60);
    expect((path.expires ?? 0) - before).toBeLessThanOrEqual(61);
  });

  it('[S15] take a PUT at the object store and no GET', async () => {
    const path = pathOf(await ask(4, 'PNG'));
    const put = await fetch(signedUrl(store(), path), { method: 'PUT', body: 'abcd' });
    expect(put.status).toBe(201);
    expect((await fetch(signedUrl(store(), path))).status).toBe(401);
    const download = pathOf(await peer.ask('ms.GenerateURLForDownloadFile', { relativePath: path.relativePath }));
    expect(await (await fetch(signedUrl(store(), download))).text()).toBe('abcd');
    expect((await fetch(signedUrl(store(), download), { method: 'PUT', body: 'x' })).status).toBe(401);
  });
});

describe('download addresses', () => {
  const request = (who: Peer, relativePath: unknown) => who.ask('ms.GenerateURLForDownloadFile', { relativePath });

  it('[S16] are given to participants of a conversation with the file, to agents, and to nobody else', async () => {
    const { relativePath } = pathOf(await ask(4, 'PNG'));
    const stranger = await sandbox.consumer();
    const friend = await sandbox.consumer();
    const agent = await sandbox.agent();
    expect(await request(stranger, relativePath)).toMatchObject({ code: 403 });
    const message = { caption: '', relativePath, fileType: 'PNG' };
    await publish(friend, await converse(friend), { type: 'ContentEvent', contentType: 'hosted/file', message });
    expect(await request(friend, relativePath)).toMatchObject({ code: 200 });
    expect(await request(peer, relativePath)).toMatchObject({ code: 200 });
    expect(await agent.ask('.ams.ms.GenerateURLForDownloadFile', { relativePath })).toMatchObject({ code: 200 });
    await Promise.all([stranger.leave(), friend.leave(), agent.leave()]);
  });

  it.each([
    '/v1/AUTH_async-images/99/x.PNG',
    '/v1/AUTH_async-images/12345678/../99/x.PNG',
    '/v1/AUTH_async-images/12345678/',
    '/v1/AUTH_async-images/12345678/..',
    'x.PNG',
    7,
    undefined,
  ])('[S16] are refused for %s', async (path) => {
    expect(await request(peer, path)).toMatchObject({ code: 400 });
  });
});
