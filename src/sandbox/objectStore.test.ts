import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { signedUrl } from '../protocol/http.ts';
import { describeObjectStore } from '../testing/objectStore.contract.ts';
import { CONTAINER, ORIGIN } from '../testing/objectStoreClient.ts';
import { createObjectStore, MAX_OBJECT_BYTES, type ObjectStoreOptions, type ObjectStoreServer } from './objectStore.ts';
import { sign } from './sign.ts';

const KEY = 'a key of its own';
const PATH = `/v1/AUTH_async-images/${CONTAINER}/a.png`;

async function open(options: Partial<ObjectStoreOptions> = {}) {
  const store = createObjectStore({ keys: [KEY], allowedOrigins: [ORIGIN], containers: [CONTAINER], ...options });
  const server = createServer(store.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, key: KEY, store, stop };
}

describeObjectStore("the sandbox's object store", open);

describe("the sandbox's object store beyond Swift", () => {
  const left: (() => unknown)[] = [];
  afterEach(async () => {
    for (const undo of left.splice(0).reverse()) await undo();
  });

  async function start(options: Partial<ObjectStoreOptions> = {}): Promise<{ url: string; store: ObjectStoreServer }> {
    const opened = await open(options);
    left.push(opened.stop);
    return opened;
  }

  function address(url: string, method: string, now = Date.now(), path = PATH): string {
    const expires = Math.floor(now / 1000) + 60;
    return signedUrl(url, {
      relativePath: path,
      signature: sign(KEY, method, expires, path),
      rawExpires: String(expires),
    });
  }

  function put(url: string, body = 'hello', headers: Record<string, string> = {}): Promise<Response> {
    return fetch(address(url, 'PUT'), { method: 'PUT', body, headers });
  }

  it('shows its objects and records its requests', async () => {
    const { url, store } = await start();
    await put(url, 'hello', { origin: ORIGIN, 'content-type': 'image/png' });
    await fetch(address(url, 'PUT'));
    expect(store.objects.get(PATH)).toMatchObject({
      contentType: 'image/png',
      sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    });
    expect(store.objects.get(PATH)?.bytes.toString()).toBe('hello');
    expect(store.requests).toEqual([
      { method: 'PUT', path: PATH, origin: ORIGIN, status: 201 },
      { method: 'GET', path: PATH, origin: null, status: 401 },
    ]);
  });

  it('goes by its own clock, at the moment a request begins', async () => {
    let now = 1_000_000_000_000;
    const { url, store } = await start({ now: () => now });
    const target = address(url, 'PUT', now);
    let ends: (() => void) | undefined;
    const slow = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(10));
        ends = () => controller.close();
      },
    });
    const began = fetch(target, { method: 'PUT', body: slow, duplex: 'half' } as RequestInit);
    await vi.waitFor(() => expect(store.requests.length).toBe(1));
    now += 61_000;
    ends?.();
    expect((await began).status).toBe(201);
    expect((await fetch(target, { method: 'PUT', body: 'x' })).status).toBe(401);
  });

  it('takes signatures of any of its keys', async () => {
    const { url } = await start({ keys: ['a newer key', KEY] });
    expect((await put(url)).status).toBe(201);
  });

  it('lets every origin read when told so', async () => {
    const { url } = await start({ allowedOrigins: 'any' });
    const response = await put(url, 'x', { origin: 'http://anywhere.example' });
    expect(response.headers.get('access-control-allow-origin')).toBe('http://anywhere.example');
  });

  it('takes any container when none are named', async () => {
    const { url } = await start({ containers: 'any' });
    const path = '/v1/AUTH_async-images/another/a.png';
    expect((await fetch(address(url, 'PUT', Date.now(), path), { method: 'PUT', body: 'x' })).status).toBe(201);
  });

  it.each(['..', '%2e%2E', '.'])('refuses a path through %s, even one that is signed', async (step) => {
    const { url, store } = await start();
    const folder = `/v1/AUTH_async-images/${CONTAINER}`;
    const { search } = new URL(address(url, 'PUT', Date.now(), `${folder}/${decodeURIComponent(step)}/a.png`));
    // By node:http, because fetch would walk such a path before it asks.
    const status = await new Promise((resolve, reject) => {
      const asked = request(url, { method: 'PUT', path: `${folder}/${step}/a.png${search}` }, (response) =>
        resolve(response.statusCode),
      );
      asked.on('error', reject).end('x');
    });
    expect(status).toBe(401);
    expect(store.objects.size).toBe(0);
  });

  it.each([
    ['told beforehand', () => new Uint8Array(MAX_OBJECT_BYTES + 1)],
    ['found out', () => new Blob([new Uint8Array(MAX_OBJECT_BYTES), 'x']).stream()],
  ])('is 413 beyond what memory should hold, %s', async (_, body) => {
    const { url, store } = await start();
    // The connection may be gone before the client has read the answer.
    await fetch(address(url, 'PUT'), { method: 'PUT', body: body(), duplex: 'half' } as RequestInit).catch(() => {});
    expect(store.requests.map(({ status }) => status)).toEqual([413]);
    expect(store.objects.size).toBe(0);
  });

  describe('kept in a folder', () => {
    it('has its objects again when opened again', async () => {
      const data = mkdtempSync(join(tmpdir(), 'attache-objects-'));
      left.push(() => rmSync(data, { recursive: true }));
      const first = await start({ data });
      await put(first.url, 'line one\nline two', { 'content-type': 'text/plain' });
      const second = await start({ data });
      expect(second.store.objects).toEqual(first.store.objects);
      const fetched = await fetch(address(second.url, 'GET'));
      expect([fetched.headers.get('content-type'), await fetched.text()]).toEqual(['text/plain', 'line one\nline two']);
      await fetch(address(second.url, 'DELETE'), { method: 'DELETE' });
      expect(readdirSync(data)).toEqual([]);
    });

    it('answers 503 when the folder is gone', async () => {
      const data = mkdtempSync(join(tmpdir(), 'attache-objects-'));
      const { url, store } = await start({ data });
      rmSync(data, { recursive: true });
      expect((await put(url)).status).toBe(503);
      expect(store.objects.size).toBe(0);
    });
  });

  describe('on demand', () => {
    it('answers another status once, readable unless it is 401', async () => {
      const { url, store } = await start();
      store.fail(({ method }) => method === 'PUT', { how: 'status', status: 503 });
      store.fail(({ method }) => method === 'PUT', { how: 'status', status: 401 });
      const answers = [];
      for (let turn = 0; turn < 3; turn += 1) {
        const response = await put(url, 'x', { origin: ORIGIN });
        answers.push([response.status, response.headers.get('access-control-allow-origin')]);
      }
      expect(answers).toEqual([
        [503, ORIGIN],
        [401, null],
        [201, ORIGIN],
      ]);
    });

    it('goes wrong as often as told, until called off', async () => {
      const { url, store } = await start();
      store.fail(() => true, { how: 'status', status: 503 }, 2);
      expect([(await put(url)).status, (await put(url)).status, (await put(url)).status]).toEqual([503, 503, 201]);
      const callOff = store.fail(() => true, { how: 'status', status: 503 });
      callOff();
      expect((await put(url)).status).toBe(201);
    });

    it('cuts an upload and a download in the middle', async () => {
      const { url, store } = await start();
      store.fail(({ method }) => method === 'PUT', { how: 'cut' });
      await expect(put(url, 'x'.repeat(1_000_000))).rejects.toThrow();
      expect(store.objects.size).toBe(0);
      expect((await put(url, 'x'.repeat(1_000_000))).status).toBe(201);
      store.fail(({ method }) => method === 'GET', { how: 'cut' });
      const response = await fetch(address(url, 'GET'));
      expect(response.headers.get('content-length')).toBe('1000000');
      await expect(response.arrayBuffer()).rejects.toThrow();
    });

    it('answers late, or never', async () => {
      const { url, store } = await start();
      store.fail(({ method }) => method === 'PUT', { how: 'delay', ms: 1 });
      expect((await put(url)).status).toBe(201);
      store.fail(({ method }) => method === 'GET', { how: 'stall' });
      const impatient = new AbortController();
      const never = fetch(address(url, 'GET'), { signal: impatient.signal });
      expect((await fetch(address(url, 'GET'))).status).toBe(200);
      impatient.abort();
      await expect(never).rejects.toThrow('abort');
      expect(store.requests.map(({ status }) => status)).toEqual([201, null, 200]);
    });
  });
});
