import { ABORTED, DROPPED, type Failure, FailureError, failureOf, refused, TIMED_OUT } from '../protocol/failure.ts';
import { refusalOf } from './objectStoreAnswer.ts';
import type { Clock, ObjectStore } from './ports.ts';

/** Ms without a byte of progress after which an upload counts as stalled. A slow one is fine, whatever it takes. */
export const STALLED_AFTER = 20_000;

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
  const { ok, status, statusText } = await head(url, clock, signal);
  if (ok || status === 404) return ok;
  throw new FailureError(refused(status, statusText));
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
async function head(url: string, clock: Clock, signal?: AbortSignal): Promise<Response> {
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
    return await ask(url, { method: 'HEAD', signal: end.signal });
  } catch (error) {
    throw stalled ? new FailureError(TIMED_OUT) : error;
  } finally {
    cancelWatch();
    signal?.removeEventListener('abort', abort);
  }
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
    signal.addEventListener('abort', abort);
    xhr.upload.onprogress = (event) => {
      cancelWatch();
      cancelWatch = clock.after(STALLED_AFTER, stall);
      onProgress(event.loaded);
    };
    xhr.onloadend = () => {
      cancelWatch();
      signal.removeEventListener('abort', abort);
      const { status, statusText } = xhr;
      if (status === 201 || status === 200) return resolve();
      // Asking for one header that is not exposed would write an error into the brand's console.
      const answer = () => refusalOf({ status, statusText, headers: xhr.getAllResponseHeaders() }, clock.now());
      reject(new FailureError(status === 0 ? why : answer()));
    };
    xhr.open('PUT', url);
    // Without a type Swift guesses one from the name; said aloud it is kept as sent (SWIFT §3).
    xhr.setRequestHeader('Content-Type', blob.type || 'application/octet-stream');
    xhr.send(blob);
  });
}
