import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { type Address, addressOf } from './objects/address.ts';
import { type Answer, refusal, send } from './objects/answer.ts';
import { readBody } from './objects/body.ts';
import { type AllowedOrigins, corsHeaders, METHODS, preflight } from './objects/cors.ts';
import { createFaults, type Fault, type Faults } from './objects/fault.ts';
import { operate } from './objects/operations.ts';
import { openShelf, type StoredObject } from './objects/shelf.ts';
import { permissionFor } from './objects/temporaryUrl.ts';

/** Bytes. Swift's own limit is 5 GiB; a store that lives in memory stops sooner. */
export const MAX_OBJECT_BYTES = 64 * 1024 * 1024;

const MAX_RECORDED = 10_000;

export interface ObjectStoreOptions {
  /** Keys that signatures are made with; one suffices, a second lets a key be changed. */
  readonly keys: readonly string[];
  /** Epoch ms. */
  readonly now?: () => number;
  /** Exact origins whose pages may read answers. */
  readonly allowedOrigins: AllowedOrigins;
  /** Containers that exist; a PUT into another is 404. `any`, where it is left out: every one does. */
  readonly containers?: readonly string[] | 'any';
  /** Folder to keep objects in; in memory only where it is left out. */
  readonly data?: string;
}

export interface RecordedRequest {
  readonly method: string;
  /** Decoded path without the query. */
  readonly path: string;
  readonly origin: string | null;
  /** Null until answered, and for good where a fault left it unanswered. */
  readonly status: number | null;
}

/** OpenStack Swift's temporary URLs in a box: what SWIFT §3 and §5 measured, over `node:http`. */
export interface ObjectStoreServer {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** By plain path, `/v1/{account}/{container}/{object}`. */
  readonly objects: ReadonlyMap<string, StoredObject>;
  /** The last 10 000 requests, in the order they came in. */
  readonly requests: readonly RecordedRequest[];
  /** Makes a coming request go wrong; see `Faults.fail`. */
  readonly fail: Faults['fail'];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Opens a store. Throws where the data folder cannot be made or read. */
export function createObjectStore(options: ObjectStoreOptions): ObjectStoreServer {
  const shelf = openShelf(options.data);
  const faults = createFaults();
  const requests: Mutable<RecordedRequest>[] = [];
  const containers = options.containers ?? 'any';
  const clock = options.now ?? Date.now;

  function record(request: IncomingMessage, path: string): Mutable<RecordedRequest> {
    const entry = { method: request.method ?? 'GET', path, origin: request.headers.origin ?? null, status: null };
    requests.push(entry);
    if (requests.length > MAX_RECORDED) requests.shift();
    return entry;
  }

  /** Null where the client left before the end of its body. */
  async function answerTo(request: IncomingMessage, address: Address, fault: Fault | null): Promise<Answer | null> {
    const { method = 'GET', headers } = request;
    // Judged before the body is read: a URL that was good when its request began is good for all of it (PROTOCOL §8.3).
    const permission = permissionFor(method, address, options.keys, clock());
    if (fault?.how === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    const body = await readBody(request, MAX_OBJECT_BYTES);
    if (body.at === 'gone') return null;
    const readable = corsHeaders(options.allowedOrigins, headers.origin);
    const answer = (): Answer => {
      if (fault?.how === 'status') return refusal(fault.status, fault.status === 401 ? {} : readable);
      if (address.path === '') return refusal(412, {}, 'Invalid UTF8 or contains NULL');
      if (method === 'OPTIONS') return preflight(options.allowedOrigins, headers);
      if (permission.at === 'invalid') return invalid();
      if (permission.at === 'unsigned') return unsigned(method, address.path, readable);
      const operation = { method, address, headers, body, expires: permission.expires };
      return withHeaders(operate({ shelf, containers, now: clock() }, operation), readable);
    };
    // What is left of an oversized body is not waited for, so its connection cannot serve another request.
    return withHeaders(answer(), body.at === 'too-large' ? { connection: 'close' } : {});
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = addressOf(request.url ?? '/');
    const entry = record(request, address.path);
    const fault = faults.take(entry);
    if (fault?.how === 'stall') return;
    if (fault?.how === 'cut' && entry.method === 'PUT') return cutUpload(request);
    const answer = await answerTo(request, address, fault);
    if (!answer) return;
    entry.status = answer.status;
    if (fault?.how === 'cut') return cutDownload(response, answer);
    send(response, entry.method, answer);
  }

  return {
    handle: (request, response) => {
      // A data folder that cannot be written to, or a connection that broke under the answer.
      serve(request, response).catch(() => {
        if (response.headersSent) response.destroy();
        else send(response, 'GET', refusal(503));
      });
    },
    objects: shelf.objects,
    requests,
    fail: faults.fail,
  };
}

function withHeaders(answer: Answer, more: OutgoingHttpHeaders): Answer {
  return { ...answer, headers: { ...answer.headers, ...more } };
}

/** Without CORS headers, as Swift has it: to a page an aged URL looks like a dead network (SWIFT gotcha 4). */
function invalid(): Answer {
  return refusal(401, { 'www-authenticate': 'Swift realm="unknown"' }, '401 Unauthorized: Temp URL invalid\n');
}

/** What is said to those who tried no signature. Swift lets a page read this 401, unlike that for a wrong signature. */
function unsigned(method: string, path: string, readable: OutgoingHttpHeaders): Answer {
  const account = /^\/v1\/([^/]+)/.exec(path)?.[1];
  if (!account) return path === '/' ? refusal(404) : refusal(412, {}, 'Bad URL');
  if (!METHODS.includes(method)) return refusal(405, { allow: METHODS.join(', ') });
  return refusal(401, { ...readable, 'www-authenticate': `Swift realm="${encodeURIComponent(account)}"` });
}

/** Ends the connection once the first bytes of the body are in. */
function cutUpload(request: IncomingMessage): void {
  request.once('data', () => request.destroy());
  request.once('end', () => request.destroy());
}

/** Promises the whole body, sends half of it and ends the connection. */
function cutDownload(response: ServerResponse, answer: Answer): void {
  const bytes = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}
