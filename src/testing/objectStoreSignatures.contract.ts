import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Digest } from '../sandbox/sign.ts';
import { bytesOf, CONTAINER, digestOf, newPath, type ObjectStoreClient } from './objectStoreClient.ts';

const INVALID = '401 Unauthorized: Temp URL invalid\n';

/** What a signature opens and what it does not (SWIFT §3). */
export function describeSignatures({ url, address, put, get }: ObjectStoreClient): void {
  describe.each<Digest>(['sha1', 'sha256'])('signed by %s', (digest) => {
    it.each([1000, 3_000_000])('keeps %i bytes as they were sent', async (length) => {
      const path = newPath();
      const body = bytesOf(length);
      const stored = await fetch(address('PUT', path, { digest }), {
        method: 'PUT',
        body: new Uint8Array(body),
        headers: { 'content-type': 'image/png' },
      });
      expect(stored.status).toBe(201);
      expect(stored.headers.get('etag')).toBe(digestOf('md5', body));
      expect(await stored.text()).toBe('');
      const fetched = await fetch(address('GET', path, { digest }));
      expect(fetched.status).toBe(200);
      expect(fetched.headers.get('content-type')).toBe('image/png');
      expect(fetched.headers.get('content-length')).toBe(String(length));
      expect(fetched.headers.get('etag')).toBe(digestOf('md5', body));
      expect(digestOf('sha256', new Uint8Array(await fetched.arrayBuffer()))).toBe(digestOf('sha256', body));
    });

    it.each([
      ['PUT', 'GET'],
      ['GET', 'PUT'],
      ['GET', 'HEAD'],
      ['DELETE', 'PUT'],
    ])('refuses %s by a signature for %s', async (method, as) => {
      const path = newPath();
      await put(path, bytesOf(10));
      const body = method === 'PUT' ? 'x' : null;
      const response = await fetch(address(as, path, { digest }), { method, body });
      expect([response.status, await response.text()]).toEqual([401, INVALID]);
    });

    it.each(['GET', 'PUT', 'HEAD'])('answers HEAD by a signature for %s', async (as) => {
      const path = newPath();
      await put(path, bytesOf(10));
      const there = await fetch(address(as, path, { digest }), { method: 'HEAD' });
      expect([there.status, there.headers.get('content-length')]).toEqual([200, '10']);
      const absent = await fetch(address(as, newPath(), { digest }), { method: 'HEAD' });
      expect(absent.status).toBe(404);
    });

    it('refuses an aged signature and says no more than for a wrong one', async () => {
      const path = newPath();
      const aged = await fetch(address('PUT', path, { digest, life: -2 }), { method: 'PUT', body: 'x' });
      const wrong = await fetch(address('PUT', path, { digest, key: 'another key' }), { method: 'PUT', body: 'x' });
      for (const response of [aged, wrong]) {
        expect([response.status, await response.text()]).toEqual([401, INVALID]);
        expect(response.headers.get('www-authenticate')).toBe('Swift realm="unknown"');
      }
      expect((await get(path)).status).toBe(404);
    });
  });

  describe('signatures', () => {
    it('refuses an altered path, expiry or signature', async () => {
      const path = newPath();
      const good = new URL(address('PUT', path));
      const alter = (change: (url: URL) => void) => {
        const url = new URL(good);
        change(url);
        return fetch(url, { method: 'PUT', body: 'x' });
      };
      const expires = Number(good.searchParams.get('temp_url_expires'));
      const signature = good.searchParams.get('temp_url_sig') ?? '';
      const changes: ((url: URL) => void)[] = [
        (url) => (url.pathname = `${path}x`),
        (url) => (url.pathname = path.replace(CONTAINER, '87654321')),
        (url) => url.searchParams.set('temp_url_expires', String(expires + 1)),
        (url) => url.searchParams.set('temp_url_expires', 'soon'),
        (url) => url.searchParams.delete('temp_url_expires'),
        (url) => url.searchParams.delete('temp_url_sig'),
        (url) => url.searchParams.set('temp_url_sig', signature.slice(1)),
        (url) => url.searchParams.set('temp_url_sig', signature.toUpperCase()),
        (url) => url.searchParams.set('temp_url_sig', 'z'.repeat(40)),
      ];
      for (const change of changes) {
        expect((await alter(change)).status).toBe(401);
      }
      expect((await fetch(good, { method: 'PUT', body: 'x' })).status).toBe(201);
    });

    it('may be used again until it ages; the last PUT counts', async () => {
      const path = newPath();
      const url = address('PUT', path);
      expect((await fetch(url, { method: 'PUT', body: 'one' })).status).toBe(201);
      expect((await fetch(url, { method: 'PUT', body: 'two' })).status).toBe(201);
      expect(await (await get(path)).text()).toBe('two');
    });

    it('refuses those who have none, without a word of what is there', async () => {
      const path = newPath();
      await put(path, bytesOf(10));
      const there = await fetch(url() + path);
      const absent = await fetch(url() + newPath());
      expect([there.status, absent.status]).toEqual([401, 401]);
      expect(await there.text()).toBe(await absent.text());
    });

    it('signs the plain path while the request is percent-encoded', async () => {
      for (const odd of ['sp ace.png', 'größe 写真.png', 'a+b&c=d;e.png', '100%41?#.png', "~!*()'.png", 'a/b/c.png']) {
        const path = newPath(`${randomUUID()}/${odd}`);
        expect((await put(path, Buffer.from(odd))).status).toBe(201);
        expect(await (await get(path)).text()).toBe(odd);
      }
    });
  });
}
