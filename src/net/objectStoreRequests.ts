import { ABORTED, DROPPED, type Failure, FailureError, failureOf, refused, TIMED_OUT } from '../protocol/failure.ts';
import { refusalOf } from './objectStoreAnswer.ts';
import type { Clock, ObjectStore } from './ports.ts';

/** Ms without a byte of progress after which an upload counts as stalled. A slow one is fine, whatever it takes. */
export const STALLED_AFTER = 20_000;

const BLOCKED_BY_PAGE: Failure = { kind: 'blocked', delivery: 'not-sent', by: 'page' };

/** The requests behind `ObjectStore`, by address. */
export async function get(url: string, signal?: AbortSignal): Promise<Blob> {
  const response = await ask(url, signal ? { signal } : {});
  if (!response.ok) throw new FailureError(refused(response.status, response.statusText));
  try {
    return await response.blob();
  } catch (error) {
    throw new FailureError(withoutStatus(error));
  }
}

export async function holds(url: string, clock: Clock, signal?: AbortSignal): Promise<boolean> {
  const { ok, status, statusText } = await head(url, 'cors', clock, signal);
  if (ok || status === 404) return ok;
  throw new FailureError(refused(status, statusText));
}

/** An opaque answer says nothing but that there is one: the way to tell a store that lets nobody read from one that is not there. */
export function answers(origin: string, clock: Clock, signal?: AbortSignal): Promise<boolean> {
  return head(origin, 'no-cors', clock, signal).then(
    () => true,
    () => false,
  );
}

/** An expired signature (401 without CORS headers), a foreign origin and a lost network look the same to a page. */
function withoutStatus(error: unknown): Failure {
  const failure = failureOf(error);
  return failure.kind === 'aborted' ? failure : DROPPED;
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' });
  } catch (error) {
    throw new FailureError(withoutStatus(error));
  }
}

/** A store that has just left a PUT without an answer may do the same to a HEAD. */
async function head(url: string, mode: RequestMode, clock: Clock, signal?: AbortSignal): Promise<Response> {
  if (signal?.aborted) throw new FailureError(ABORTED);
  const end = new AbortController();
  const abort = () => end.abort();
  signal?.addEventListener('abort', abort);
  let stalled = false;
  const cancelWatch = clock.after(STALLED_AFTER, () => {
    stalled = true;
    end.abort();
  });
  try {
    return await ask(url, { method: 'HEAD', mode, signal: end.signal });
  } catch (error) {
    throw stalled ? new FailureError(TIMED_OUT) : error;
  } finally {
    cancelWatch();
    signal?.removeEventListener('abort', abort);
  }
}

/** Whether the page's own policy has kept a request back. A policy that only reports lets it go. */
function keepsBack(
  { disposition, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent,
  url: string,
): boolean {
  // Some browsers tell the whole address, others its origin.
  return (
    disposition === 'enforce' && effectiveDirective === 'connect-src' && blockedURI.startsWith(new URL(url).origin)
  );
}

/** XMLHttpRequest, because fetch tells nothing of an upload's progress. */
export function put(
  url: string,
  blob: Blob,
  { signal, onProgress }: Parameters<ObjectStore['put']>[2],
  clock: Clock,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new FailureError(ABORTED));
    const xhr = new XMLHttpRequest();
    let why: Failure = DROPPED;
    const stall = () => {
      why = TIMED_OUT;
      xhr.abort();
    };
    let cancelWatch = clock.after(STALLED_AFTER, stall);
    const abort = () => {
      why = ABORTED;
      xhr.abort();
    };
    const end = new AbortController();
    signal.addEventListener('abort', abort, { signal: end.signal });
    // The request itself tells as little of a policy as of a lost network.
    const heard = (event: SecurityPolicyViolationEvent) => {
      if (keepsBack(event, url)) why = BLOCKED_BY_PAGE;
    };
    document.addEventListener('securitypolicyviolation', heard, { signal: end.signal });
    xhr.upload.onprogress = (event) => {
      cancelWatch();
      cancelWatch = clock.after(STALLED_AFTER, stall);
      onProgress(event.loaded);
    };
    xhr.onloadend = () => {
      cancelWatch();
      end.abort();
      const { status, statusText } = xhr;
      if (status === 201 || status === 200) return resolve();
      // Asking for one header that is not exposed would write an error into the brand's console.
      const answer = () => refusalOf({ status, statusText, headers: xhr.getAllResponseHeaders() }, clock.now());
      reject(new FailureError(status === 0 ? why : answer()));
    };
    xhr.open('PUT', url);
    // Without a type Swift guesses one from the name; said aloud it is kept as sent (SWIFT §3).
    xhr.setRequestHeader('Content-Type', blob.type || 'application/octet-stream');
    // A `File` itself Chromium sends by its path, and takes what lies there as long as it was changed within the same second.
    xhr.send(blob.slice(0, blob.size, blob.type));
  });
}
