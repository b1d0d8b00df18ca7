import type { RequestListener } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** Type of a script: only those are compressed. */
export const SCRIPT = 'text/javascript';

export interface Asset {
  readonly type: string;
  readonly body: Buffer;
}

/** Bytes on the wire, as a content network compresses once and for all. */
export function compressed({ body }: Asset): { readonly br: Buffer; readonly gzip: Buffer } {
  return { br: brotliCompressSync(body), gzip: gzipSync(body, { level: 9 }) };
}

/** Answers every request with the asset of its path, scripts compressed by what the browser takes. */
export function answerer(find: (path: string) => Promise<Asset | null>): RequestListener {
  const known = new Map<string, ReturnType<typeof compressed>>();
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const asset = await find(pathname);
    if (!asset) return response.writeHead(404).end();
    const headers = { 'Content-Type': asset.type, 'Access-Control-Allow-Origin': '*' };
    if (asset.type !== SCRIPT) return response.writeHead(200, headers).end(asset.body);
    const bodies = known.get(pathname) ?? compressed(asset);
    known.set(pathname, bodies);
    const encoding = /\bbr\b/.test(String(request.headers['accept-encoding'])) ? 'br' : 'gzip';
    return response.writeHead(200, { ...headers, 'Content-Encoding': encoding }).end(bodies[encoding]);
  };
}
