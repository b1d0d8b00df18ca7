import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { FILE_TYPES } from '../../protocol/fileTypes.ts';
import type { Address } from './address.ts';
import { type Answer, HTML, refusal } from './answer.ts';
import type { Body } from './body.ts';
import { aboutObject, downloadHeaders, lastModified, matches, rangeOf, type Wanted } from './download.ts';
import type { Shelf, StoredObject } from './shelf.ts';

/** A request whose signature holds. */
export interface Operation {
  readonly method: string;
  readonly address: Address;
  readonly headers: IncomingHttpHeaders;
  readonly body: Body;
  /** Epoch seconds until which the URL is good. */
  readonly expires: number;
}

export interface Place {
  readonly shelf: Shelf;
  /** Containers that exist, or every one. */
  readonly containers: readonly string[] | 'any';
  /** Epoch ms. */
  readonly now: number;
}

/** What Swift's object server says to an operation (SWIFT §3). Writes and removes happen here. */
export function operate(place: Place, operation: Operation): Answer {
  switch (operation.method) {
    case 'PUT':
      return put(place, operation);
    case 'DELETE':
      return place.shelf.remove(operation.address.path) ? { status: 204, headers: {}, body: '' } : refusal(404);
    default:
      return get(place, operation);
  }
}

/** The type by the name's ending, where the PUT told none. */
function guessedType(path: string): string {
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return FILE_TYPES.find((type) => type.extensions.includes(ending))?.mime ?? 'application/octet-stream';
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function put(place: Place, { address, headers, body }: Operation): Answer {
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*')
    return refusal(400, { 'content-type': 'text/plain' }, 'If-None-Match only supports *');
  if (place.containers !== 'any' && !place.containers.includes(address.object?.container ?? '')) return refusal(404);
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) {
    return refusal(411, {}, 'Missing Content-Length header.');
  }
  if (body.at !== 'read') return refusal(413, {}, 'Your request is too large.');
  if (ifNoneMatch === '*' && place.shelf.objects.has(address.path)) return refusal(412);
  const promised = single(headers.etag);
  const md5 = createHash('md5').update(body.bytes).digest('hex');
  if (promised !== undefined && promised !== md5) return refusal(422);
  const object = place.shelf.put(address.path, body.bytes, {
    contentType: headers['content-type'] ?? guessedType(address.path),
    disposition: single(headers['content-disposition']) ?? null,
    at: place.now,
  });
  return {
    status: 201,
    headers: { ...HTML, etag: object.etag, 'last-modified': lastModified(object) },
    body: '',
  };
}

function get(place: Place, { address, headers, expires }: Operation): Answer {
  const object = place.shelf.objects.get(address.path);
  if (!object) return refusal(404);
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && !matches(ifMatch, object.etag)) {
    return { status: 412, headers: { ...HTML, etag: object.etag }, body: '' };
  }
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, object.etag)) {
    return { status: 304, headers: aboutObject(object), body: '' };
  }
  const wanted = rangeOf(headers.range, object.bytes.length);
  if (wanted === 'outside') {
    return refusal(416, { ...aboutObject(object), 'content-range': `bytes */${object.bytes.length}` });
  }
  return content(object, downloadHeaders(address, object, expires), wanted);
}

function content(object: StoredObject, headers: OutgoingHttpHeaders, wanted: Exclude<Wanted, 'outside'>): Answer {
  if (wanted === 'whole') return { status: 200, headers, body: object.bytes };
  const { first, last } = wanted;
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${first}-${last}/${object.bytes.length}` },
    body: object.bytes.subarray(first, last + 1),
  };
}
