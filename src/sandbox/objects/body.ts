import type { IncomingMessage } from 'node:http';

/** What became of reading a body. `gone`: the client left before its end. */
export type Body =
  | { readonly at: 'read'; readonly bytes: Buffer }
  | { readonly at: 'too-large' }
  | { readonly at: 'gone' };

/** Reads a whole body of at most `limit` bytes; stops at the first chunk beyond, and leaves the connection open. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return { at: 'too-large' };
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    const arriving: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
    for await (const chunk of arriving) {
      size += chunk.length;
      if (size > limit) return { at: 'too-large' };
      chunks.push(chunk);
    }
  } catch {
    return { at: 'gone' };
  }
  return { at: 'read', bytes: Buffer.concat(chunks) };
}
