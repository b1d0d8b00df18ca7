import { digestOf, sameSignature, sign } from '../sign.ts';
import type { Address } from './address.ts';

/** `unsigned`: no signature was tried. `invalid`: one was, and it does not open this path by this method now. */
export type Permission =
  | { readonly at: 'granted' /** Epoch seconds. */; readonly expires: number }
  | { readonly at: 'unsigned' }
  | { readonly at: 'invalid' };

/** What a temporary URL may be used for. */
const METHODS: readonly string[] = ['GET', 'HEAD', 'PUT', 'DELETE'];

/** Methods whose signature opens a request: HEAD goes with any of the others (SWIFT §3). */
function signedMethods(method: string): readonly string[] {
  return method === 'HEAD' ? ['HEAD', 'GET', 'POST', 'PUT'] : [method];
}

/** Epoch seconds or an ISO 8601 time in UTC; null for anything else. */
function expiryOf(text: string): number | null {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time / 1000;
}

/** Whether `temp_url_sig` and `temp_url_expires` open this request (PROTOCOL §8.6). `now` is epoch ms. */
export function permissionFor(method: string, address: Address, keys: readonly string[], now: number): Permission {
  const signature = address.query.get('temp_url_sig');
  const expiresText = address.query.get('temp_url_expires');
  if (signature === null && expiresText === null) return { at: 'unsigned' };
  const digest = digestOf(signature ?? '');
  const expires = expiryOf(expiresText ?? '');
  if (!signature || !digest || expires === null || expires * 1000 < now) return { at: 'invalid' };
  if (!address.object || !METHODS.includes(method)) return { at: 'invalid' };
  const right = keys.flatMap((key) => signedMethods(method).map((as) => sign(key, as, expires, address.path, digest)));
  // Every candidate is compared, so that the time taken does not tell which key or method was near.
  const matches = right.filter((candidate) => sameSignature(signature, candidate));
  return matches.length > 0 ? { at: 'granted', expires } : { at: 'invalid' };
}
