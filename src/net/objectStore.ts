import { ABORTED, DROPPED, type Failure, FailureError, failureOf, refused } from '../protocol/failure.ts';
import { signedUrl } from '../protocol/http.ts';
import type { SignedPath } from '../protocol/types.ts';
import type { Clock, ObjectStore } from './ports.ts';

/** Ms without a byte of progress after which an upload counts as stalled. A slow one is fine, whatever it takes. */
export const STALLED_AFTER = 20_000;

/** Swift by signed URL. `origin` is asked at each call, because it is known only after domain discovery. */
export function createObjectStore(origin: () => string | null, clock: Clock): ObjectStore {
  function address(at: SignedPath): string {
    const swift = origin();
    if (swift === null) throw new FailureError({ kind: 'offline', delivery: 'not-sent' });
    return signedUrl(swift, at);
  }

  return {
    async put(to, blob, io) {
      await upload(address(to), blob, io, clock);
    },
    async holds(at) {
      const response = await ask(address(at), { method: 'HEAD' });
      return response.ok;
    },
    async get(from, { signal } = {}) {
      const response = await ask(address(from), signal ? { signal } : {});
      if (!response.ok) throw new FailureError(refused(response.status, response.statusText));
      try {
        return await response.blob();
      } catch (error) {
        throw new FailureError(withoutStatus(error));
      }
    },
    url: address,
  };
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

/** XMLHttpRequest, because fetch tells nothing of an upload's progress. */
function upload(
  url: string,
  blob: Blob,
  { signal, onProgress }: { signal: AbortSignal; onProgress(sent: number): void },
  clock: Clock,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new FailureError(ABORTED));
    const xhr = new XMLHttpRequest();
    let why: Failure = DROPPED;
    const stall = () => {
      why = { kind: 'timeout', delivery: 'unknown' };
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
      if (xhr.status === 201 || xhr.status === 200) resolve();
      else reject(new FailureError(xhr.status === 0 ? why : refused(xhr.status, xhr.statusText)));
    };
    xhr.open('PUT', url);
    // Without a type Swift guesses one from the name; said aloud it is kept as sent (SWIFT §3).
    xhr.setRequestHeader('Content-Type', blob.type || 'application/octet-stream');
    xhr.send(blob);
  });
}
