import { describe, expect, it } from 'vitest';
import { bytesOf, digestOf, newPath, type ObjectStoreClient, ORIGIN } from './objectStoreClient.ts';

const FOREIGN = 'http://other.example';

/** What a page of another origin may ask and read (SWIFT §5). */
export function describeOrigins({ url, address, put, get }: ObjectStoreClient): void {
  describe('pages of other origins', () => {
    const readableBy = (response: Response) => response.headers.get('access-control-allow-origin');
    const preflight = (origin: string, method = 'PUT') =>
      fetch(url() + newPath(), {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': method,
          'access-control-request-headers': 'content-type',
        },
      });

    it('answers a preflight without any signature', async () => {
      const response = await preflight(ORIGIN);
      expect(response.status).toBe(200);
      expect(readableBy(response)).toBe(ORIGIN);
      expect(response.headers.get('access-control-allow-methods')?.split(', ')).toContain('PUT');
      expect(response.headers.get('access-control-allow-headers')).toBe('content-type');
      expect(response.headers.get('vary')).toBe('Origin, Access-Control-Request-Headers');
      expect(response.headers.get('access-control-max-age')).toBe(null);
    });

    it('refuses a preflight of a foreign origin or for an unknown method', async () => {
      for (const response of [await preflight(FOREIGN), await preflight(ORIGIN, 'PATCH')]) {
        expect([response.status, readableBy(response)]).toEqual([401, null]);
      }
    });

    it.each([201, 206, 304, 404, 412, 416, 422])('lets an allowed page read %i, and no other', async (status) => {
      const body = bytesOf(10);
      const responses: Record<number, (path: string, headers: Record<string, string>) => Promise<Response>> = {
        201: (path, headers) => put(path, body, headers),
        206: (path, headers) => get(path, { ...headers, range: 'bytes=1-2' }),
        304: (path, headers) => get(path, { ...headers, 'if-none-match': '*' }),
        404: (path, headers) => get(`${path}x`, headers),
        412: (path, headers) => put(path, body, { ...headers, 'if-none-match': '*' }),
        416: (path, headers) => get(path, { ...headers, range: 'bytes=99-' }),
        422: (path, headers) => put(path, body, { ...headers, etag: digestOf('md5', bytesOf(11)) }),
      };
      const path = newPath();
      await put(path, body);
      const own = await responses[status]?.(path, { origin: ORIGIN });
      expect([own?.status, own && readableBy(own), own?.headers.get('vary')]).toEqual([status, ORIGIN, 'Origin']);
      const exposed = own?.headers.get('access-control-expose-headers')?.split(', ');
      expect(exposed).toEqual(expect.arrayContaining(['etag', 'content-length', 'content-disposition', 'x-trans-id']));
      const foreign = await responses[status]?.(path, { origin: FOREIGN });
      expect([foreign?.status, foreign && readableBy(foreign)]).toEqual([status, null]);
    });

    it('lets no page read the 401 of a wrong or aged signature', async () => {
      const url = address('GET', newPath(), { life: -2 });
      const response = await fetch(url, { headers: { origin: ORIGIN } });
      expect([response.status, readableBy(response)]).toEqual([401, null]);
    });
  });
}
