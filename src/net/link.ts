import { type Failure, refused } from '../protocol/failure.ts';
import { BACKOFF_MOST, backoff } from './backoff.ts';
import { MEANING } from './closeCodes.ts';

/** Spans in ms. */
export const PING_AFTER = 30_000;
export const DEAD_AFTER = 10_000;
export const STEP_WITHIN = 15_000;
/** Fresh identities in a row that the service may turn down before we stop asking: three tokens in all. */
const RENEWALS = 2;

/** What every state but the resting ones carries: `run` numbers the try, so that late news of an old one is dropped. */
interface Run {
  readonly run: number;
  /** Tries that have failed since the last greeting. */
  readonly tries: number;
  /** Renewed identities that have been turned down in a row. */
  readonly renewals: number;
}

/** The connection, whole. `online` means open and greeted (docs/PROTOCOL C1). */
export type Link =
  | { readonly at: 'closed'; readonly run: number }
  | ({ readonly at: 'resolving' | 'opening' | 'greeting'; readonly since: number } & Run)
  /** `renew`: by a fresh identity, which is owed until there is one. */
  | ({ readonly at: 'identifying'; readonly since: number; readonly renew: boolean } & Run)
  | ({ readonly at: 'online'; readonly heardAt: number; readonly pingedAt: number | null } & Run)
  /** `renew`: the next try starts with a fresh identity. */
  | ({ readonly at: 'waiting'; readonly until: number; readonly renew: boolean } & Run)
  | { readonly at: 'refused'; readonly run: number; readonly why: Failure };

export type LinkEvent =
  /** Someone wants the connection. */
  | { readonly type: 'wanted' }
  | { readonly type: 'resolved' | 'identified' | 'opened' | 'greeted' | 'heard'; readonly run: number }
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

function stay(link: Link): Stepped {
  return { link, effects: [] };
}

function begin(link: Link, now: number, first: readonly LinkEffect[] = []): Stepped {
  const run = link.run + 1;
  const tries = 'tries' in link ? link.tries : 0;
  const renewals = 'renewals' in link ? link.renewals : 0;
  if (owesIdentity(link)) {
    return {
      link: { at: 'identifying', run, tries, renewals, since: now, renew: true },
      effects: [...first, { type: 'identify', run, renew: true }],
    };
  }
  const effects: LinkEffect[] = [...first, { type: 'resolve', run }];
  return { link: { at: 'resolving', run, tries, renewals, since: now }, effects };
}

/** An identity was turned down, and no fresh one has been had since. */
function owesIdentity(link: Link): boolean {
  return (link.at === 'waiting' || link.at === 'identifying') && link.renew;
}

function wait(link: Link & Run, moment: Moment, turnedDown: boolean, socket: boolean): Stepped {
  const renew = turnedDown || owesIdentity(link);
  const renewals = turnedDown ? link.renewals + 1 : link.renewals;
  const effects: LinkEffect[] = socket ? [{ type: 'hangUp', run: link.run }] : [];
  if (renewals > RENEWALS) {
    return { link: { at: 'refused', run: link.run, why: refused(401, 'identity turned down') }, effects };
  }
  const until = moment.now + backoff(link.tries, moment.chance);
  return { link: { at: 'waiting', run: link.run, tries: link.tries + 1, renewals, until, renew }, effects };
}

/** At once and with a fresh identity; the domains are known. */
function renew(link: Link & Run, now: number): Stepped {
  const run = link.run + 1;
  const effects: LinkEffect[] = [
    { type: 'hangUp', run: link.run },
    { type: 'identify', run, renew: true },
  ];
  return { link: { at: 'identifying', run, tries: 0, renewals: 0, since: now, renew: true }, effects };
}

/** A 4xx answer to a step towards online will be the same next time; 408 and 429 ask for another try. */
function isFinal(why: Failure): boolean {
  return why.kind === 'refused' && why.code >= 400 && why.code < 500 && why.code !== 408 && why.code !== 429;
}

function fail(link: Link & Run, why: Failure, moment: Moment): Stepped {
  if (!isFinal(why)) return wait(link, moment, false, true);
  // A greeting refused for its token deserves a fresh identity before we give up.
  if (link.at === 'greeting' && why.kind === 'refused' && why.code === 401) return wait(link, moment, true, true);
  return { link: { at: 'refused', run: link.run, why }, effects: [{ type: 'hangUp', run: link.run }] };
}

type Progress = 'resolved' | 'identified' | 'opened' | 'greeted' | 'heard';

/** What each piece of good news is news of; anything else is late and changes nothing. */
const AWAITED: Record<Progress, Link['at']> = {
  resolved: 'resolving',
  identified: 'identifying',
  opened: 'opening',
  greeted: 'greeting',
  heard: 'online',
};

function proceed(link: Link, news: Progress, now: number): Stepped {
  if (!isRunning(link) || link.at !== AWAITED[news]) return stay(link);
  const { run, tries, renewals } = link;
  switch (news) {
    case 'resolved':
      return {
        link: { at: 'identifying', run, tries, renewals, since: now, renew: false },
        effects: [{ type: 'identify', run, renew: false }],
      };
    case 'identified':
      return { link: { at: 'opening', run, tries, renewals, since: now }, effects: [{ type: 'open', run }] };
    case 'opened':
      return { link: { at: 'greeting', run, tries, renewals, since: now }, effects: [{ type: 'greet', run }] };
    case 'greeted':
    case 'heard':
      return stay({ at: 'online', run, tries: 0, renewals: 0, heardAt: now, pingedAt: null });
  }
}

function wake(link: Link, moment: Moment): Stepped {
  const due = deadline(link);
  if (due === null || moment.now < due) return stay(link);
  switch (link.at) {
    case 'closed':
    case 'refused':
      return stay(link);
    case 'waiting':
      return begin(link, moment.now);
    case 'online':
      if (link.pingedAt !== null) return wait(link, moment, false, true);
      return { link: { ...link, pingedAt: moment.now }, effects: [{ type: 'ping', run: link.run }] };
    case 'resolving':
    case 'identifying':
    case 'opening':
    case 'greeting':
      return wait(link, moment, false, true);
  }
}

function comeBack(link: Link, moment: Moment): Stepped {
  if (link.at === 'waiting') return begin(link, moment.now);
  if (link.at === 'online' && link.pingedAt === null) {
    return { link: { ...link, pingedAt: moment.now }, effects: [{ type: 'ping', run: link.run }] };
  }
  return stay(link);
}

/**
 * An open socket keeps a page out of the back/forward cache, or its consumer online while nobody is there. The wait is for
 * the page's return, which ends it.
 */
function leave(link: Link, moment: Moment): Stepped {
  if (!isRunning(link)) return stay(link);
  const { run, renewals } = link;
  const renew = owesIdentity(link);
  return {
    link: { at: 'waiting', run, tries: 0, renewals, until: moment.now + BACKOFF_MOST, renew },
    effects: [{ type: 'hangUp', run }],
  };
}

/** When the link wants to be woken (epoch ms), or null where nothing is pending. */
export function deadline(link: Link): number | null {
  switch (link.at) {
    case 'closed':
    case 'refused':
      return null;
    case 'waiting':
      return link.until;
    case 'online':
      return link.pingedAt === null ? link.heardAt + PING_AFTER : link.pingedAt + DEAD_AFTER;
    case 'resolving':
    case 'identifying':
    case 'opening':
    case 'greeting':
      return link.since + STEP_WITHIN;
  }
}

/** The whole life of a connection, without a timer, a socket or a clock in sight. */
export function step(link: Link, event: LinkEvent, moment: Moment): Stepped {
  if ('run' in event && event.run !== link.run) return stay(link);
  switch (event.type) {
    case 'wanted':
      return link.at === 'closed' || link.at === 'refused' || link.at === 'waiting'
        ? begin(link, moment.now)
        : stay(link);
    case 'resolved':
    case 'identified':
    case 'opened':
    case 'greeted':
    case 'heard':
      return proceed(link, event.type, moment.now);
    case 'failed':
      return isRunning(link) ? fail(link, event.why, moment) : stay(link);
    case 'closed':
      return isRunning(link) ? wait(link, moment, MEANING[event.code] === 'renew', false) : stay(link);
    case 'woke':
      return wake(link, moment);
    case 'returned':
      return comeBack(link, moment);
    case 'left':
      return leave(link, moment);
    case 'thawed':
      if (!isRunning(link)) return comeBack(link, moment);
      return begin(link, moment.now, [{ type: 'hangUp', run: link.run }]);
    case 'aged':
      return link.at === 'online' ? renew(link, moment.now) : stay(link);
    case 'disposed':
      return { link: { at: 'closed', run: link.run + 1 }, effects: [{ type: 'hangUp', run: link.run }] };
  }
}

function isRunning(link: Link): link is Link & Run {
  return link.at !== 'closed' && link.at !== 'refused' && link.at !== 'waiting';
}
