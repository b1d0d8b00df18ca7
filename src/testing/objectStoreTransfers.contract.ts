import { describe, expect, it } from 'vitest';
import { bytesOf, cutOff, digestOf, newPath, type ObjectStoreClient, rawStatus } from './objectStoreClient.ts';

/** What a granted PUT, GET and DELETE do (SWIFT §3, §4). */
export function describeTransfers({ address, put, get }: ObjectStoreClient): void {
  describe('PUT', () => {
    it('is 404 for a container that does not exist', async () => {
      expect((await put(`/v1/AUTH_async-images/absent/a.png`, bytesOf(10))).status).toBe(404);
    });

    it('is 411 without a length, 413 with one of 6 GiB', async () => {
      expect(await rawStatus(address('PUT', newPath()), [])).toBe(411);
      expect(await rawStatus(address('PUT', newPath()), ['Content-Length: 6442450944'])).toBe(413);
    });

    it('is 412 over an object when told to make a new one', async () => {
      const path = newPath();
      expect((await put(path, Buffer.from('one'), { 'if-none-match': '*' })).status).toBe(201);
      expect((await put(path, Buffer.from('two'), { 'if-none-match': '*' })).status).toBe(412);
      expect((await put(path, Buffer.from('two'), { 'if-none-match': 'x' })).status).toBe(400);
      expect(await (await get(path)).text()).toBe('one');
    });

    it('is 422 when the MD5 differs from what was promised, and nothing is kept', async () => {
      const [path, body] = [newPath(), bytesOf(10)];
      expect((await put(path, body, { etag: digestOf('md5', bytesOf(11)) })).status).toBe(422);
      expect((await get(path)).status).toBe(404);
      expect((await put(path, body, { etag: digestOf('md5', body) })).status).toBe(201);
    });

    it('keeps the content type as sent, and guesses one from the name when none is', async () => {
      const typeAfter = async (path: string, headers: Record<string, string>) => {
        await put(path, bytesOf(10), headers);
        return (await get(path)).headers.get('content-type');
      };
      const odd = 'application/x-foo; charset=utf-8';
      expect(await typeAfter(newPath(), { 'content-type': odd })).toBe(odd);
      expect(await typeAfter(newPath('a.pdf'), {})).toBe('application/pdf');
      expect(await typeAfter(newPath('a'), {})).toBe('application/octet-stream');
    });
  });

  describe('GET', () => {
    it('names the download: an attachment, unless the query or the PUT says otherwise', async () => {
      const path = newPath('b.png');
      await put(path, bytesOf(10));
      const disposition = async (query: string, at = path) =>
        (await get(at, {}, query)).headers.get('content-disposition');
      expect(await disposition('')).toBe(`attachment; filename="b.png"; filename*=UTF-8''b.png`);
      expect(await disposition('&filename=My+Test+File.png')).toBe(
        `attachment; filename="My Test File.png"; filename*=UTF-8''My%20Test%20File.png`,
      );
      expect(await disposition('&filename=%22%C3%A9%0A%22')).toBe(
        `attachment; filename="%22%C3%A9%0A%22"; filename*=UTF-8''%22%C3%A9%0A%22`,
      );
      expect(await disposition('&inline')).toBe('inline');
      expect(await disposition('&inline&filename=x.png')).toBe(`inline; filename="x.png"; filename*=UTF-8''x.png`);
      const own = newPath();
      await put(own, bytesOf(10), { 'content-disposition': 'attachment; filename=own' });
      expect(await disposition('', own)).toBe('attachment; filename=own');
      expect(await disposition('&inline', own)).toBe('inline');
    });

    it('may be kept by a browser as long as the URL is good', async () => {
      const path = newPath();
      await put(path, bytesOf(10));
      const url = new URL(address('GET', path));
      const expires = Number(url.searchParams.get('temp_url_expires'));
      expect((await fetch(url)).headers.get('expires')).toBe(new Date(expires * 1000).toUTCString());
    });

    it.each([
      ['bytes=0-99', 206, 0, 99],
      ['bytes=900-', 206, 900, 999],
      ['bytes=-100', 206, 900, 999],
      ['bytes=990-2000', 206, 990, 999],
      ['bytes=1000-', 416, 0, 0],
      ['bytes=5-1', 200, 0, 999],
      ['pages=1-2', 200, 0, 999],
    ])('answers range %s by %i', async (range, status, first, last) => {
      const [path, body] = [newPath(), bytesOf(1000)];
      await put(path, body);
      const response = await get(path, { range });
      expect(response.status).toBe(status);
      const kept = Buffer.from(await response.arrayBuffer());
      if (status === 416) {
        expect(response.headers.get('content-range')).toBe('bytes */1000');
      } else {
        expect(kept.equals(body.subarray(first, last + 1))).toBe(true);
        expect(response.headers.get('content-range')).toBe(status === 206 ? `bytes ${first}-${last}/1000` : null);
      }
    });

    it('is 304 for what one has and 412 for what one expects in vain', async () => {
      const [path, body] = [newPath(), bytesOf(10)];
      await put(path, body);
      for (const tag of [digestOf('md5', body), `"${digestOf('md5', body)}"`, '*']) {
        expect((await get(path, { 'if-none-match': tag })).status).toBe(304);
      }
      expect((await get(path, { 'if-none-match': '"x"' })).status).toBe(200);
      expect((await get(path, { 'if-match': '"x"' })).status).toBe(412);
    });

    it('is 404 for what is not there, and after DELETE', async () => {
      const path = newPath();
      expect((await get(path)).status).toBe(404);
      await put(path, bytesOf(10));
      const remove = () => fetch(address('DELETE', path), { method: 'DELETE' });
      expect((await remove()).status).toBe(204);
      expect((await get(path)).status).toBe(404);
      expect((await remove()).status).toBe(404);
    });
  });

  it('forgets an upload that was cut off', async () => {
    const path = newPath();
    await cutOff(address('PUT', path));
    expect((await get(path)).status).toBe(404);
  });
}
