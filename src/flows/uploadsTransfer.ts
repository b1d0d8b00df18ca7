import type { Change } from '../model/attachment.ts';
import { pause } from '../net/throttle.ts';
import { ABORTED, type Failure, FailureError, failureOf } from '../protocol/failure.ts';
import { saysSharingIsOff } from '../protocol/fileTypes.ts';
import type { SignedPath } from '../protocol/types.ts';
import { untilOnline } from './online.ts';
import type { Ports } from './ports.ts';
import { isConnection } from './publish.ts';
import { watchIntact } from './uploadsIntact.ts';
import { reasonOf, tellSupport } from './uploadsNoStatus.ts';
import { isReachable, untilReachable } from './uploadsReach.ts';

/** Tries of a PUT that is answered with 408, 429 or 5xx, and the first wait in ms; each further one is twice as long. */
const BUSY_TRIES = 3;
const BUSY_WAIT = 2_000;
/** URLs beyond the first for PUTs that end without a status or with a refused signature. */
const FRESH_URLS = 1;
/** Ms between two writes of progress: about one a frame. */
const PROGRESS_EVERY = 32;

export type TransferPorts = Pick<Ports, 'service' | 'objects' | 'clock' | 'surroundings' | 'onDiagnostic'>;

/** One file on its way to the store. */
export interface Job {
  readonly blob: Blob;
  /** Wire type, such as `JPG`. */
  readonly fileType: string;
  /** Aborts whatever is under way; nothing is asked for afterwards. */
  readonly signal: AbortSignal;
  /** Settles when a file may be asked for: in a conversation. */
  ready(): Promise<unknown>;
  /** What has become of the attachment. */
  tell(change: Change): void;
  /** The service has said that this account takes no files at all. */
  sharingIsOff(): void;
}

export type Transfer = (ports: TransferPorts, job: Job) => Promise<string>;

/**
 * A signed URL, then the file straight to the object store; settles with its path there. Rejects with FailureError.
 *
 * Rules of retrying (docs/PROTOCOL U2): a PUT without a status is asked after by HEAD, then there is one fresh URL; a
 * refused signature gets one fresh URL too; a busy store up to three tries, each with its own URL; every other refusal is
 * final. A PUT that failed for want of a network is no try (U8). A file that is no longer what was picked gets no URL (U11).
 */
export const transfer: Transfer = async (ports, job) => {
  let fresh = FRESH_URLS;
  let busy = 1;
  const stillIntact = watchIntact(job.blob);
  await stillIntact(job.signal);
  for (;;) {
    const to = await sign(ports, job);
    const failure = await put(ports, job, to);
    if (failure === null) return to.relativePath;
    if (failure.delivery === 'unknown') {
      const found = await look(ports, job, to, isAway(ports));
      if (found.stored) return to.relativePath;
      await stillIntact(job.signal);
      if (!found.wasAway && fresh-- === 0)
        return lost(ports, job, to, found.mute && failure.kind === 'dropped' ? null : failure);
    } else if (failure.kind === 'blocked') {
      return lost(ports, job, to, failure);
    } else if (isBusy(failure)) {
      if (busy === BUSY_TRIES) throw new FailureError(failure);
      job.tell({ at: 'queued' });
      await pause(ports.clock, Math.max(BUSY_WAIT * 2 ** (busy - 1), failure.retryAfter ?? 0), job.signal);
      busy += 1;
    } else if (!mayBeAged(failure) || fresh-- === 0) throw new FailureError(failure);
  }
};

/** The way to the store is given up, for a reason that is still to be found out where it is null. */
async function lost(ports: TransferPorts, job: Job, to: SignedPath, known: Failure | null): Promise<never> {
  const failure = known ?? (await reasonOf(ports, job.signal));
  tellSupport(ports, failure, to);
  throw new FailureError(failure);
}

/** A URL is asked for at the last moment: it lives about a minute (PROTOCOL §8.3). While offline the file waits. */
async function sign({ service }: TransferPorts, job: Job): Promise<SignedPath> {
  const { blob, fileType, signal, ready, tell } = job;
  for (;;) {
    if (service.status().at !== 'online') tell({ at: 'queued' });
    await untilOnline(service, signal);
    tell({ at: 'signing' });
    try {
      // Step 2 before step 3: a file is asked for in a conversation.
      await ready();
      signal.throwIfAborted();
      return await service.request('ms.GenerateURLForUploadFile', { fileSize: blob.size, fileType }, { signal });
    } catch (error) {
      const failure = failureOf(error);
      // Asking again costs nothing: an unanswered request for a URL leaves nothing behind.
      if (isConnection(failure)) continue;
      if (failure.kind === 'refused' && saysSharingIsOff(failure.message)) job.sharingIsOff();
      throw error;
    }
  }
}

/** Null when the store has the file, else why it may not. Rejects when the job is aborted. */
async function put({ objects, clock }: TransferPorts, job: Job, to: SignedPath): Promise<Failure | null> {
  const { blob, signal, tell } = job;
  let last = 0;
  tell({ at: 'uploading', sent: 0 });
  try {
    await objects.put(to, blob, {
      signal,
      onProgress(sent) {
        if (clock.now() - last < PROGRESS_EVERY && sent < blob.size) return;
        last = clock.now();
        tell({ at: 'uploading', sent });
      },
    });
    return null;
  } catch (error) {
    if (signal.aborted) throw new FailureError(ABORTED);
    return failureOf(error);
  }
}

/** Whether the network is gone or the connection with it, so that a PUT that ends just now says nothing of the store. */
function isAway({ service, surroundings }: TransferPorts): boolean {
  return !surroundings.online() || service.status().at !== 'online';
}

/**
 * Asks whether the file has landed. Without a network nobody can say: then again when there is one. `away`: the network was
 * gone already when the PUT ended; it may be back before the HEAD is answered. `mute`: that had no status either.
 */
async function look(
  ports: TransferPorts,
  job: Job,
  at: SignedPath,
  away: boolean,
): Promise<{ stored: boolean; wasAway: boolean; mute: boolean }> {
  for (let wasAway = away; ; wasAway = true) {
    job.tell({ at: 'verifying' });
    try {
      return { stored: await ports.objects.holds(at, { signal: job.signal }), wasAway, mute: false };
    } catch (error) {
      if (job.signal.aborted) throw new FailureError(ABORTED);
      const { kind } = failureOf(error);
      if (kind === 'refused' || (await isReachable(ports, job.signal)))
        return { stored: false, wasAway, mute: kind === 'dropped' };
    }
    job.tell({ at: 'queued' });
    await untilReachable(ports, job.signal);
  }
}

function isBusy(failure: Failure): failure is Extract<Failure, { kind: 'refused' }> {
  return failure.kind === 'refused' && (failure.code === 408 || failure.code === 429 || failure.code >= 500);
}

/** 401 and 403 say aloud what a lost status may hide: a signature that has aged (SWIFT gotcha 4). */
function mayBeAged(failure: Failure): boolean {
  return failure.kind === 'refused' && (failure.code === 401 || failure.code === 403);
}
