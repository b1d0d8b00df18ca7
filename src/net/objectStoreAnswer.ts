import type { Failure } from '../protocol/failure.ts';

/** Ms. A store that wants to be left alone for longer is asked again after this, as a lost connection is (C4). */
export const RETRY_AFTER_MOST = 60_000;

/** What an answer says of itself: the status and, of its headers, those that the page may read, one a line. */
export interface StoreAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: string;
}

/** A status that is no success, as a failure. `now` is epoch ms. */
export function refusalOf({ status, statusText, headers }: StoreAnswer, now: number): Failure {
  const retryAfter = retryAfterOf(headers, now);
  const wait = retryAfter === null ? {} : { retryAfter };
  return { kind: 'refused', delivery: 'refused', code: status, message: statusText, ...wait };
}

/**
 * Ms to wait by `Retry-After`, as seconds or as a date (RFC 9110 §10.2.3), at most `RETRY_AFTER_MOST`; null without the
 * header or where it says nothing. A page sees the header of another origin's store only where `cors_expose_headers` names it.
 */
function retryAfterOf(headers: string, now: number): number | null {
  const value = /^retry-after:[ \t]*(.*?)[ \t]*$/im.exec(headers)?.[1] ?? '';
  const wait = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : dateOf(value) - now;
  return Number.isNaN(wait) ? null : Math.min(RETRY_AFTER_MOST, Math.max(0, wait));
}

/** Epoch ms of an HTTP date; `Date.parse` alone would take "5.5" for a day in May. */
function dateOf(text: string): number {
  return /^\w{3,9},? .*\d\d:\d\d:\d\d( |$)/.test(text) ? Date.parse(text) : Number.NaN;
}
