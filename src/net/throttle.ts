import { ABORTED, type Failure, FailureError, failureOf } from '../protocol/failure.ts';
import type { Clock } from './ports.ts';

/** Tries of a request that a busy service declines, and ms before the second; each further wait is twice as long. */
export const BUSY_TRIES = 3;
export const BUSY_WAIT = 1_000;
/** Ms between two requests for as long as a 429 is remembered, so that what was held back does not come as one burst. */
const SPACING = 250;
const REMEMBERED = 10_000;

/** The service is busy and may take the same request later; a refusal means that nothing was done (PROTOCOL §13). */
export function isBusy(failure: Failure): boolean {
  return failure.kind === 'refused' && (failure.code === 429 || failure.code >= 500);
}

/** Runs requests, repeating what a busy service declined; after a 429 all of them slow down together. */
export interface Throttle {
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

export function createThrottle(clock: Clock): Throttle {
  /** Epoch ms before which nothing more is sent. */
  let open = 0;
  let slowUntil = 0;

  /** Ms to wait before the next request may go. */
  function turn(): number {
    const now = clock.now();
    if (now >= slowUntil && now >= open) return 0;
    const wait = Math.max(0, open - now);
    open = Math.max(open, now) + SPACING;
    return wait;
  }

  /** Ms that this one request waits before it is tried again; after a 429 all of them wait for their turn instead. */
  function declined(failure: Failure, tries: number): number {
    const wait = BUSY_WAIT * 2 ** (tries - 1);
    if (failure.kind !== 'refused' || failure.code !== 429) return wait;
    open = Math.max(open, clock.now() + wait);
    slowUntil = clock.now() + REMEMBERED;
    return 0;
  }

  async function attempt<T>(work: () => Promise<T>, signal: AbortSignal | undefined, tries: number): Promise<T> {
    const wait = turn();
    // Without a reason to wait a request leaves at once, in the order of the calls.
    if (wait > 0) await pause(clock, wait, signal);
    try {
      return await work();
    } catch (error) {
      const failure = failureOf(error);
      if (!isBusy(failure) || tries === BUSY_TRIES) throw error;
      const rest = declined(failure, tries);
      if (rest > 0) await pause(clock, rest, signal);
      return attempt(work, signal, tries + 1);
    }
  }

  return { run: (work, signal) => attempt(work, signal, 1) };
}

/** Waits `ms`; rejects with `aborted` when the signal does. */
export function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new FailureError(ABORTED));
    const aborted = () => {
      cancel();
      reject(new FailureError(ABORTED));
    };
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener('abort', aborted);
      resolve();
    });
    signal?.addEventListener('abort', aborted, { once: true });
  });
}
