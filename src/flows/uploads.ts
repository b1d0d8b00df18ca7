import { type Attachment, advanced, type Change } from '../model/attachment.ts';
import { pause } from '../net/throttle.ts';
import { ABORTED, type Failure, FailureError, failureOf } from '../protocol/failure.ts';
import { saysSharingIsOff } from '../protocol/fileTypes.ts';
import type { SignedPath } from '../protocol/types.ts';
import { type ChatStore, withEntry } from '../store/store.ts';
import { untilOnline } from './online.ts';
import type { Ports } from './ports.ts';
import type { Session } from './session.ts';

/** Uploads under way at once. */
const PARALLEL = 2;
/** Tries of a PUT that is answered with 408, 429 or 5xx, and the first wait in ms. */
const BUSY_TRIES = 3;
const BUSY_WAIT = 1_000;
/** Ms between two writes of progress: about one a frame. */
const PROGRESS_EVERY = 32;

/** Steps 3 and 4: a signed URL, then the file straight to the object store. Publishing is the outbox's. */
export interface Uploads {
  /** Keeps the file until it is forgotten; state holds facts only, never a File. `path`: it is uploaded already. */
  hold(id: string, blob: Blob, path?: string | null): void;
  /** The held file, if it still is. */
  blob(id: string): Blob | undefined;
  /** Starts the upload when its turn comes; harmless when it runs or is done. */
  begin(id: string): void;
  /** The stored path, once the upload is through. Rejects with FailureError. */
  path(id: string): Promise<string>;
  hasFailed(id: string): boolean;
  abort(id: string): void;
  forget(id: string): void;
  dispose(): void;
}

export function startUploads(ports: Ports, store: ChatStore, session: Session): Uploads {
  const { service, objects, clock } = ports;
  const blobs = new Map<string, Blob>();
  const runs = new Map<string, { stop: AbortController; path: Promise<string> }>();
  const turns: (() => void)[] = [];
  let busy = 0;

  function attachmentOf(id: string): Attachment | undefined {
    return store.getState().attachments.get(id);
  }

  function change(id: string, to: Change): void {
    store.setState((state) => {
      const attachment = state.attachments.get(id);
      return attachment ? { attachments: withEntry(state.attachments, id, advanced(attachment, to)) } : {};
    });
  }

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (busy >= PARALLEL) await new Promise<void>((resolve) => turns.push(resolve));
    busy += 1;
    try {
      return await work();
    } finally {
      busy -= 1;
      turns.shift()?.();
    }
  }

  /** A signed URL is asked for at the last moment: it lives about a minute (PROTOCOL §8.3). */
  async function sign(id: string, blob: Blob, signal: AbortSignal): Promise<SignedPath> {
    const fileType = attachmentOf(id)?.fileType ?? '';
    for (;;) {
      await untilOnline(service, signal);
      change(id, { at: 'signing' });
      try {
        // Step 2 before step 3: a file is asked for in a conversation.
        await session.place();
        signal.throwIfAborted();
        return await service.request('ms.GenerateURLForUploadFile', { fileSize: blob.size, fileType }, { signal });
      } catch (error) {
        const failure = failureOf(error);
        // Asking again costs nothing: an unanswered request for an address leaves nothing behind.
        if (failure.kind === 'offline' || failure.kind === 'dropped' || failure.kind === 'timeout') continue;
        if (failure.kind === 'refused' && saysSharingIsOff(failure.message)) store.setState({ fileSharing: 'off' });
        throw error;
      }
    }
  }

  async function putOnce(id: string, to: SignedPath, blob: Blob, signal: AbortSignal): Promise<void> {
    change(id, { at: 'uploading', sent: 0 });
    let last = 0;
    await objects.put(to, blob, {
      signal,
      onProgress(sent) {
        if (clock.now() - last < PROGRESS_EVERY && sent < blob.size) return;
        last = clock.now();
        change(id, { at: 'uploading', sent });
      },
    });
  }

  /**
   * Rules of retrying (docs/PROTOCOL U2): without a status ask by HEAD whether it landed, then one fresh URL; a refused
   * signature gets one fresh URL; a busy store up to three tries, each with its own URL; every other refusal is final.
   */
  async function upload(id: string, blob: Blob, signal: AbortSignal): Promise<string> {
    let fresh = 1;
    let busyTries = BUSY_TRIES;
    for (;;) {
      const to = await sign(id, blob, signal);
      try {
        await putOnce(id, to, blob, signal);
        return to.relativePath;
      } catch (error) {
        const failure = failureOf(error);
        if (failure.kind === 'aborted' || signal.aborted) throw new FailureError(ABORTED);
        if (failure.delivery === 'unknown' && (await landed(to))) return to.relativePath;
        if (isBusy(failure) && --busyTries > 0) await pause(clock, BUSY_WAIT * 2 ** (BUSY_TRIES - busyTries), signal);
        else if (!mayBeAged(failure) || fresh-- === 0) throw error;
      }
    }
  }

  async function landed(at: SignedPath): Promise<boolean> {
    return objects.holds(at).catch(() => false);
  }

  async function run(id: string, blob: Blob, signal: AbortSignal): Promise<string> {
    try {
      const path = await inTurn(() => upload(id, blob, signal));
      change(id, { at: 'publishing', path });
      return path;
    } catch (error) {
      runs.delete(id);
      const why = failureOf(error);
      if (why.kind !== 'aborted') change(id, { at: 'failed', why, resume: 'signing', path: null });
      throw error;
    }
  }

  return {
    hold(id, blob, path = null) {
      blobs.set(id, blob);
      if (path !== null) runs.set(id, { stop: new AbortController(), path: Promise.resolve(path) });
    },
    blob: (id) => blobs.get(id),
    begin(id) {
      if (runs.has(id)) return;
      const blob = blobs.get(id);
      if (!blob) return;
      const stop = new AbortController();
      const path = run(id, blob, stop.signal);
      path.catch(() => {});
      runs.set(id, { stop, path });
    },
    path(id) {
      return runs.get(id)?.path ?? Promise.reject(new FailureError(ABORTED));
    },
    hasFailed: (id) => attachmentOf(id)?.at === 'failed',
    abort(id) {
      runs.get(id)?.stop.abort();
      runs.delete(id);
      blobs.delete(id);
    },
    forget(id) {
      runs.delete(id);
      blobs.delete(id);
    },
    dispose() {
      for (const { stop } of runs.values()) stop.abort();
      runs.clear();
      blobs.clear();
    },
  };
}

function isBusy(failure: Failure): boolean {
  return failure.kind === 'refused' && (failure.code === 408 || failure.code === 429 || failure.code >= 500);
}

/** A lost status may hide a 401 (it carries no CORS headers, SWIFT gotcha 4); 401 and 403 say it aloud. */
function mayBeAged(failure: Failure): boolean {
  return (
    failure.delivery === 'unknown' || (failure.kind === 'refused' && (failure.code === 401 || failure.code === 403))
  );
}
