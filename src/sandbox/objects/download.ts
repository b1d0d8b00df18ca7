import type { OutgoingHttpHeaders } from 'node:http';
import type { Address } from './address.ts';
import type { StoredObject } from './shelf.ts';

/** Percent-encodes all but RFC 3986's unreserved characters and those in `keep`, as Python's `quote`. */
function quote(text: string, keep: string): string {
  return Array.from(text, (character) =>
    keep.includes(character) || /[\w.~-]/.test(character)
      ? character
      : Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  ).join('');
}

function named(kind: 'attachment' | 'inline', name: string): string {
  return `${kind}; filename="${quote(name, ' /')}"; filename*=UTF-8''${quote(name, '/')}`;
}

/** `inline` and `filename` in the query, else what the PUT said, else an attachment by the object's name (SWIFT §3). */
function dispositionOf(address: Address, object: StoredObject): string {
  const filename = address.query.get('filename');
  if (address.query.has('inline')) return filename ? named('inline', filename) : 'inline';
  if (filename) return named('attachment', filename);
  return object.disposition ?? named('attachment', address.path.replace(/\/+$/, '').split('/').at(-1) ?? '');
}

/** Swift rounds up, so that an object is never older than it says. */
export function lastModified(object: StoredObject): string {
  return new Date(Math.ceil(object.at / 1000) * 1000).toUTCString();
}

/** What every answer about an object says of it. */
export function aboutObject(object: StoredObject): OutgoingHttpHeaders {
  return {
    'content-type': object.contentType,
    etag: object.etag,
    'last-modified': lastModified(object),
    'x-timestamp': (object.at / 1000).toFixed(5),
    'accept-ranges': 'bytes',
  };
}

/** Headers of an object's GET or HEAD. `expires` (epoch seconds) lets a browser keep the answer as long as the URL. */
export function downloadHeaders(address: Address, object: StoredObject, expires: number): OutgoingHttpHeaders {
  return {
    ...aboutObject(object),
    'content-disposition': dispositionOf(address, object),
    expires: new Date(Math.min(expires * 1000, 8.64e15)).toUTCString(),
  };
}

/** First and last byte wanted, `whole` where none are (or several parts, which are not served), `outside` past the end. */
export type Wanted = { readonly first: number; readonly last: number } | 'whole' | 'outside';

/** Reads a Range header against an object of `size` bytes (RFC 9110 §14). */
export function rangeOf(header: string | undefined, size: number): Wanted {
  const [, from = '', to = ''] = /^bytes=\s*(\d*)-(\d*)\s*$/.exec(header ?? '') ?? [];
  if (from === '' && (to === '' || size === 0)) return 'whole';
  if (from === '') return Number(to) === 0 ? 'outside' : { first: Math.max(0, size - Number(to)), last: size - 1 };
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return 'whole';
  return first >= size ? 'outside' : { first, last };
}

/** Whether an If-Match or If-None-Match list names this ETag; quotes do not matter to Swift. */
export function matches(header: string, etag: string): boolean {
  const tags = header.split(',').map((tag) => tag.trim().replace(/^(?:W\/)?"?(.*?)"?$/, '$1'));
  return tags.includes('*') || tags.includes(etag);
}
