import type { Failure } from '../protocol/failure.ts';

/** What every state but the resting ones carries: `run` numbers the try, so that late news of an old one is dropped. */
export interface Run {
  readonly run: number;
  /** Tries that have failed since the last greeting. */
  readonly tries: number;
  /** Renewed identities that have been turned down in a row. */
  readonly renewals: number;
  /** Epoch ms for which a try was planned before the consumer wanted one sooner: that one is extra, and takes none away. */
  readonly planned: number | null;
}

/** The connection, whole. `online` means open and greeted (docs/PROTOCOL C1). */
export type Link =
  | { readonly at: 'closed'; readonly run: number }
  | ({ readonly at: 'resolving' | 'opening' | 'greeting'; readonly since: number } & Run)
  /** `renew`: by a fresh identity, which is owed until there is one. */
  | ({ readonly at: 'identifying'; readonly since: number; readonly renew: boolean } & Run)
  /** `askedAt`: when the first request, a ping or any other, left of those since the last frame from the service. */
  | ({ readonly at: 'online'; readonly heardAt: number; readonly askedAt: number | null } & Run)
  /** `renew`: the next try starts with a fresh identity. `since`: when the last one failed. */
  | ({ readonly at: 'waiting'; readonly since: number; readonly until: number; readonly renew: boolean } & Run)
  | { readonly at: 'refused'; readonly run: number; readonly why: Failure };

export type LinkEvent =
  /** Someone wants the connection, sooner than planned where it waits for its next try. */
  | { readonly type: 'wanted' }
  | { readonly type: 'resolved' | 'identified' | 'opened' | 'greeted' | 'heard'; readonly run: number }
  /** A request of ours has left, whose answer is as good a sign of life as a ping's. */
  | { readonly type: 'asked'; readonly run: number }
  /** A step towards online did not end well. */
  | { readonly type: 'failed'; readonly run: number; readonly why: Failure }
  | { readonly type: 'closed'; readonly run: number; readonly code: number }
  /** The moment named by `deadline` has come. */
  | { readonly type: 'woke' }
  /** The page is back online or in view: shortens a wait, checks a connection, starts nothing of its own. */
  | { readonly type: 'returned' }
  /** The page is put away: for good, or into the back/forward cache. */
  | { readonly type: 'left' }
  /** Back from the back/forward cache: the socket is dead whatever `readyState` says (USERS pain 2). */
  | { readonly type: 'thawed' }
  /** The identity is about to expire: better a reconnection now than a refusal later. */
  | { readonly type: 'aged' }
  | { readonly type: 'disposed' };

export type LinkEffect =
  | { readonly type: 'resolve' | 'open' | 'greet' | 'ping'; readonly run: number }
  | { readonly type: 'identify'; readonly run: number; readonly renew: boolean }
  /** Let go of the socket of this run. */
  | { readonly type: 'hangUp'; readonly run: number };

export interface Stepped {
  readonly link: Link;
  readonly effects: readonly LinkEffect[];
}

/** `chance` is a number in [0, 1): the jitter of a wait. */
export interface Moment {
  readonly now: number;
  readonly chance: number;
}
