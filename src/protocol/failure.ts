/**
 * Why a request did not end well. `delivery` is the word that decides what may be sent again:
 * `not-sent` never left, `unknown` may have arrived, `refused` arrived and was declined.
 */
export type Failure =
  | { kind: 'offline' | 'aborted'; delivery: 'not-sent' }
  | { kind: 'dropped' | 'timeout'; delivery: 'unknown' }
  /**
   * `code` is HTTP-like (socket response code or HTTP status); `message` is the service's own text, for logs only.
   * `retryAfter`: ms for which the other side asks to be left alone, where it says so.
   */
  | { kind: 'refused'; delivery: 'refused'; code: number; message: string; retryAfter?: number }
  /** What is to be sent was changed, moved or deleted after it had been picked. */
  | { kind: 'changed'; delivery: 'not-sent' }
  /** No word comes from the other side, however it is asked. */
  | { kind: 'unreachable'; delivery: 'unknown' }
  /** This page may not talk to the other side: by its own policy, or because the other side answers and not to this page. */
  | { kind: 'blocked'; delivery: 'not-sent'; by: 'page' | 'store' }
  /** The other side answered with something that cannot be understood. */
  | { kind: 'garbled'; delivery: 'unknown'; message: string };

/** The only error class of the house: code throws it, state stores `failure`. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.kind === 'refused' ? `refused ${failure.code}: ${failure.message}` : failure.kind);
    this.name = 'FailureError';
    this.failure = failure;
  }
}

export const OFFLINE: Failure = { kind: 'offline', delivery: 'not-sent' };
export const ABORTED: Failure = { kind: 'aborted', delivery: 'not-sent' };
export const DROPPED: Failure = { kind: 'dropped', delivery: 'unknown' };
export const TIMED_OUT: Failure = { kind: 'timeout', delivery: 'unknown' };

/** A refusal with an HTTP-like code. */
export function refused(code: number, message: string): Failure {
  return { kind: 'refused', delivery: 'refused', code, message };
}

/** The failure inside anything caught; an unforeseen error counts as garbled, so that nothing is lost from sight. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  if (error instanceof DOMException && error.name === 'AbortError') return ABORTED;
  return { kind: 'garbled', delivery: 'unknown', message: error instanceof Error ? error.message : String(error) };
}
