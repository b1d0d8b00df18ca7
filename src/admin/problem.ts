import type { Failure } from '../protocol/failure.ts';

/** Why a command cannot do what it was asked, and what its user can do about it. One or two plain sentences each. */
export class Problem extends Error {
  readonly advice: string;
  constructor(why: string, advice: string) {
    super(why);
    this.name = 'Problem';
    this.advice = advice;
  }
}

/** A command line that cannot be understood. */
export class UsageError extends Error {}

/** A failure in words, without what it was about: "answered 503 (Service Unavailable)". */
export function inWords(failure: Failure): string {
  switch (failure.kind) {
    case 'refused':
      return `answered ${failure.code}${failure.message ? ` (${failure.message})` : ''}`;
    case 'timeout':
      return 'did not answer in time';
    case 'offline':
    case 'dropped':
    case 'unreachable':
      return 'could not be reached';
    case 'blocked':
      return 'may not be asked from here';
    case 'changed':
      return 'was not asked, because the file has changed';
    case 'aborted':
      return 'was not waited for';
    case 'garbled':
      return `answered in a way that cannot be understood (${failure.message})`;
  }
}

/** True for a refusal that asking again will not change: the asked thing is the matter, not load or a broken service. */
export function isFinal(failure: Failure): boolean {
  return failure.kind === 'refused' && failure.code >= 400 && failure.code < 500 && failure.code !== 429;
}
