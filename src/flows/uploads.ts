import { type Attachment, advanced, type Change } from '../model/attachment.ts';
import { ABORTED, DROPPED, FailureError, failureOf } from '../protocol/failure.ts';
import { type ChatStore, withEntry } from '../store/store.ts';
import type { Ports } from './ports.ts';
import type { Session } from './session.ts';
import { createTurns } from './uploadsInTurn.ts';
import { untilReachable } from './uploadsReach.ts';
import type { Transfer } from './uploadsTransfer.ts';

/** Uploads under way at once. */
const PARALLEL = 2;

/** Steps 3 and 4: a signed URL, then the file straight to the object store. Publishing is the outbox's. */
export interface Uploads {
  /** Keeps the file until it is forgotten; state holds facts only, never a File. `path`: it is uploaded already. */
  hold(id: string, blob: Blob, path?: string | null): void;
  /** The held file, if it still is. */
  blob(id: string): Blob | undefined;
  /** Where the file lies in the store, once it does. */
  path(id: string): string | null;
  /**
   * Uploads when its turn comes and settles with the stored path; the same promise for as long as it runs, and when it is
   * done. One that has failed begins anew. Rejects with FailureError.
   */
  begin(id: string): Promise<string>;
  /** What has become of the attachment. */
  tell(id: string, change: Change): void;
  /** The service has numbered it. */
  finish(id: string): void;
  /** Ends what is under way and forgets the file. */
  forget(id: string): void;
  dispose(): void;
}

interface Run {
  readonly stop: AbortController;
  readonly done: Promise<string>;
}

export function startUploads(ports: Ports, store: ChatStore, session: Session): Uploads {
  const blobs = new Map<string, Blob>();
  const paths = new Map<string, string>();
  const runs = new Map<string, Run>();
  const takeTurn = createTurns(PARALLEL);

  function attachmentOf(id: string): Attachment | undefined {
    return store.getState().attachments.get(id);
  }

  /** What is published lies in the store whatever becomes of its message. */
  function pathOf(id: string): string | null {
    const attachment = attachmentOf(id);
    return paths.get(id) ?? (attachment?.at === 'published' ? attachment.path : null);
  }

  function tell(id: string, to: Change): void {
    store.setState((state) => {
      const attachment = state.attachments.get(id);
      return attachment ? { attachments: withEntry(state.attachments, id, advanced(attachment, to)) } : {};
    });
  }

  /** Without a network a lost chunk is no failure of the file; with one it is. */
  async function fetchTransfer(signal: AbortSignal): Promise<Transfer> {
    for (;;) {
      try {
        return await ports.loadTransfer();
      } catch {
        if (ports.surroundings.online() && ports.service.status().at === 'online') throw new FailureError(DROPPED);
      }
      await untilReachable(ports, signal);
    }
  }

  async function carry(id: string, blob: Blob, signal: AbortSignal): Promise<string> {
    const transfer = await fetchTransfer(signal);
    return transfer(ports, {
      blob,
      fileType: attachmentOf(id)?.fileType ?? '',
      signal,
      async ready() {
        await session.synced();
        // A conversation must not be asked for when there is nothing left to say in it.
        signal.throwIfAborted();
        await session.place();
      },
      tell: (to) => tell(id, to),
      sharingIsOff: () => store.setState({ fileSharing: 'off' }),
    });
  }

  async function run(id: string, blob: Blob, signal: AbortSignal): Promise<string> {
    const release = await takeTurn(signal);
    try {
      const path = await carry(id, blob, signal);
      if (signal.aborted) throw new FailureError(ABORTED);
      paths.set(id, path);
      tell(id, { at: 'publishing', path });
      return path;
    } finally {
      release();
    }
  }

  function failed(id: string, error: unknown): never {
    const why = failureOf(error);
    if (why.kind !== 'aborted') {
      runs.delete(id);
      tell(id, { at: 'failed', why, resume: 'signing', path: null });
    }
    throw new FailureError(why);
  }

  function forget(id: string): void {
    runs.get(id)?.stop.abort();
    runs.delete(id);
    paths.delete(id);
    blobs.delete(id);
  }

  return {
    hold(id, blob, path = null) {
      blobs.set(id, blob);
      if (path !== null) paths.set(id, path);
    },
    blob: (id) => blobs.get(id),
    path: pathOf,
    begin(id) {
      const stored = pathOf(id);
      if (stored !== null) return Promise.resolve(stored);
      const running = runs.get(id);
      if (running) return running.done;
      const blob = blobs.get(id);
      if (!blob) return Promise.reject(new FailureError(ABORTED));
      const stop = new AbortController();
      const done = run(id, blob, stop.signal).catch((error: unknown) => failed(id, error));
      // Whoever began it may have gone by the time it fails.
      done.catch(() => {});
      runs.set(id, { stop, done });
      return done;
    },
    tell,
    finish(id) {
      const path = paths.get(id);
      if (path !== undefined) tell(id, { at: 'published', path });
      forget(id);
    },
    forget,
    dispose() {
      for (const id of [...blobs.keys()]) forget(id);
    },
  };
}
