import { signedUrl } from '../protocol/http.ts';
import type { SignedPath } from '../protocol/types.ts';
import { PATIENCE } from './http.ts';
import { Problem } from './problem.ts';

/** The object store as a page of the brand meets it. */
export interface Storage {
  /** Origin of the store, from the service `swift`. */
  readonly swift: string;
  /** The page's origin, or null to ask as no page would. */
  readonly origin: string | null;
}

const HOST_ADVICE =
  'Check that the service “swift” of domain discovery is the account’s object store, and that this network lets you reach it.';

async function ask(storage: Storage, url: string, init: RequestInit): Promise<{ response: Response; bytes: Buffer }> {
  const origin = storage.origin === null ? {} : { Origin: storage.origin };
  try {
    const headers = { ...origin, ...init.headers };
    const response = await fetch(url, { ...init, headers, redirect: 'error', signal: AbortSignal.timeout(PATIENCE) });
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  } catch {
    throw new Problem(`The object store at ${storage.swift} could not be reached.`, HOST_ADVICE);
  }
}

function notAllowed(storage: Storage, what: string): Problem {
  return new Problem(
    `Pages of ${storage.origin} may not ${what}: the object store at ${storage.swift} does not allow that origin.`,
    `Ask LivePerson to add ${storage.origin} to the origins that the account’s object store allows (CORS).`,
  );
}

function maybeReadBy(storage: Storage, response: Response): boolean {
  const allowed = response.headers.get('access-control-allow-origin');
  return storage.origin === null || allowed === '*' || allowed === storage.origin;
}

function refusedAs(storage: Storage, status: number, what: string): Problem {
  if (status === 401) {
    return new Problem(
      `The object store at ${storage.swift} refuses the signed URL (401), so the file could not be ${what}.`,
      'The service “swift” names another store than the messaging service signs for, or their keys or clocks differ. Ask LivePerson.',
    );
  }
  return new Problem(
    `The object store at ${storage.swift} answered ${status}, so the file could not be ${what}.`,
    HOST_ADVICE,
  );
}

/** Asks leave to PUT from the page's origin, as a browser would before. Rejects with Problem. */
export async function preflight(storage: Storage, to: SignedPath): Promise<void> {
  if (storage.origin === null) return;
  const { response } = await ask(storage, signedUrl(storage.swift, to), {
    method: 'OPTIONS',
    headers: { 'Access-Control-Request-Method': 'PUT', 'Access-Control-Request-Headers': 'content-type' },
  });
  const methods =
    response.headers
      .get('access-control-allow-methods')
      ?.toUpperCase()
      .split(/\s*,\s*/) ?? [];
  const headers =
    response.headers
      .get('access-control-allow-headers')
      ?.toLowerCase()
      .split(/\s*,\s*/) ?? [];
  const granted = methods.includes('PUT') && (headers.includes('content-type') || headers.includes('*'));
  if (!response.ok || !granted || !maybeReadBy(storage, response)) throw notAllowed(storage, 'upload');
}

/** PUTs the bytes. Rejects with Problem. */
export async function upload(
  storage: Storage,
  to: SignedPath,
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
): Promise<void> {
  const url = signedUrl(storage.swift, to);
  const { response } = await ask(storage, url, { method: 'PUT', body: bytes, headers: { 'Content-Type': type } });
  if (response.status !== 201) throw refusedAs(storage, response.status, 'stored');
  if (!maybeReadBy(storage, response)) throw notAllowed(storage, 'upload');
}

/** GETs the bytes and compares. Rejects with Problem. */
export async function download(storage: Storage, from: SignedPath, expected: Uint8Array): Promise<void> {
  const { response, bytes } = await ask(storage, signedUrl(storage.swift, from), {});
  if (response.status !== 200) throw refusedAs(storage, response.status, 'fetched');
  if (!maybeReadBy(storage, response)) throw notAllowed(storage, 'download');
  if (bytes.equals(expected)) return;
  throw new Problem(
    `The object store gave back ${bytes.length} bytes that are not the ${expected.length} that were sent.`,
    'Look for a proxy or a file scanner between this machine and the object store.',
  );
}
