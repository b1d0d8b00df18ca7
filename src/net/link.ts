import { type Failure, refused } from '../protocol/failure.ts';
import { BACKOFF_MOST, backoff } from './backoff.ts';
import { MEANING } from './closeCodes.ts';
import type { Link, LinkEffect, LinkEvent, Moment, Run, Stepped } from './linkStates.ts';

/** Spans in ms. */
export const PING_AFTER = 30_000;
export const DEAD_AFTER = 10_000;
export const STEP_WITHIN = 15_000;
/** Ms after a failed try within which the consumer begins no other one, whatever they do. */
export const NO_SOONER = 1_500;
/** Fresh identities in a row that the service may turn down before we stop asking: three tokens in all. */
const RENEWALS = 2;

function stay(link: Link): Stepped {
  return { link, effects: [] };
}

function begin(link: Link, now: number, first: readonly LinkEffect[] = []): Stepped {
  const run = link.run + 1;
  const tries = 'tries' in link ? link.tries : 0;
  const renewals = 'renewals' in link ? link.renewals : 0;
  const planned = link.at === 'waiting' ? link.planned : null;
  if (owesIdentity(link)) {
    return {
      link: { at: 'identifying', run, tries, renewals, planned, since: now, renew: true },
      effects: [...first, { type: 'identify', run, renew: true }],
    };
  }
  const effects: LinkEffect[] = [...first, { type: 'resolve', run }];
  return { link: { at: 'resolving', run, tries, renewals, planned, since: now }, effects };
}

/** The consumer does not want to wait: a try at once, or as soon as one may follow the last. */
function hasten(link: Extract<Link, { at: 'waiting' }>, now: number): Stepped {
  const until = Math.max(now, link.since + NO_SOONER);
  if (link.until <= until && link.until > now) return stay(link);
  const sooner = { ...link, until, planned: link.planned ?? link.until };
  return until > now ? stay(sooner) : begin(sooner, now);
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
  const { run, planned } = link;
  const waiting = { at: 'waiting', run, renewals, planned: null, since: moment.now, renew } as const;
  if (planned !== null && planned > moment.now)
    return { link: { ...waiting, tries: link.tries, until: planned }, effects };
  const until = moment.now + backoff(link.tries, moment.chance);
  return { link: { ...waiting, tries: link.tries + 1, until }, effects };
}

/** At once and with a fresh identity; the domains are known. */
function renew(link: Link & Run, now: number): Stepped {
  const run = link.run + 1;
  const effects: LinkEffect[] = [
    { type: 'hangUp', run: link.run },
    { type: 'identify', run, renew: true },
  ];
  return { link: { at: 'identifying', run, tries: 0, renewals: 0, planned: null, since: now, renew: true }, effects };
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
  const { run, tries, renewals, planned } = link;
  const next = { run, tries, renewals, planned, since: now };
  switch (news) {
    case 'resolved':
      return {
        link: { at: 'identifying', ...next, renew: false },
        effects: [{ type: 'identify', run, renew: false }],
      };
    case 'identified':
      return { link: { at: 'opening', ...next }, effects: [{ type: 'open', run }] };
    case 'opened':
      return { link: { at: 'greeting', ...next }, effects: [{ type: 'greet', run }] };
    case 'greeted':
    case 'heard':
      return stay({ at: 'online', run, tries: 0, renewals: 0, planned: null, heardAt: now, askedAt: null });
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
      if (link.askedAt !== null) return wait(link, moment, false, true);
      return { link: { ...link, askedAt: moment.now }, effects: [{ type: 'ping', run: link.run }] };
    case 'resolving':
    case 'identifying':
    case 'opening':
    case 'greeting':
      return wait(link, moment, false, true);
  }
}

function comeBack(link: Link, moment: Moment): Stepped {
  if (link.at === 'waiting') return begin(link, moment.now);
  if (link.at === 'online' && link.askedAt === null) {
    return { link: { ...link, askedAt: moment.now }, effects: [{ type: 'ping', run: link.run }] };
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
  const { now } = moment;
  const until = now + BACKOFF_MOST;
  const renew = owesIdentity(link);
  return {
    link: { at: 'waiting', run, tries: 0, renewals, planned: null, since: now, until, renew },
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
      return link.askedAt === null ? link.heardAt + PING_AFTER : link.askedAt + DEAD_AFTER;
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
      if (link.at === 'waiting') return hasten(link, moment.now);
      return link.at === 'closed' || link.at === 'refused' ? begin(link, moment.now) : stay(link);
    case 'resolved':
    case 'identified':
    case 'opened':
    case 'greeted':
    case 'heard':
      return proceed(link, event.type, moment.now);
    case 'asked':
      return link.at === 'online' && link.askedAt === null ? stay({ ...link, askedAt: moment.now }) : stay(link);
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
