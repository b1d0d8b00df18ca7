import { createHmac, timingSafeEqual } from 'node:crypto';

export type Digest = 'sha1' | 'sha256';

/**
 * A temporary URL's signature as OpenStack Swift makes it: hex HMAC over `METHOD\nexpires\npath` (PROTOCOL §8.6).
 * `expires` is epoch seconds; `path` is the plain one, `/v1/{account}/{container}/{object}`, not percent-encoded.
 */
export function sign(key: string, method: string, expires: number, path: string, digest: Digest = 'sha1'): string {
  return createHmac(digest, key).update(`${method}\n${expires}\n${path}`).digest('hex');
}

/** The digest that a hex signature of this length was made with, or null where it is no hex signature. */
export function digestOf(signature: string): Digest | null {
  if (!/^[0-9a-f]+$/i.test(signature)) return null;
  if (signature.length === 40) return 'sha1';
  return signature.length === 64 ? 'sha256' : null;
}

/** Compares in a time that does not tell how many characters agree. */
export function sameSignature(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
