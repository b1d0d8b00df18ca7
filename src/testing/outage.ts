import { deadline, step } from '../net/link.ts';
import type { Link, LinkEffect, LinkEvent } from '../net/linkStates.ts';
import { DROPPED } from '../protocol/failure.ts';
import { createAgenda } from './agenda.ts';
import { seeded } from './random.ts';

/** A service that goes away from everybody at once and comes back. Time 0 is the moment at which every socket closes. */
export interface Outage {
  readonly clients: number;
  readonly seconds: number;
  readonly seed: number;
  /** Share of the consumers who write meanwhile, a key a second on average; none where it is left out. */
  readonly writing?: number;
}

/** How the clients came back. Spans in ms, counted from the moment the service is back. */
export interface Recovery {
  readonly clients: number;
  /** When each was online again, in order. */
  readonly back: readonly number[];
  /** Clients that were online again within the first second, the second one, and so on. */
  readonly perSecond: readonly number[];
  /** The largest share of all clients that came back within 1000 ms, wherever those begin. */
  readonly peakShare: number;
  readonly lastBack: number;
  /** Tries of one client from the close until online again, the one that succeeded included. */
  readonly tries: { readonly median: number; readonly p99: number; readonly most: number };
}

/** What a recovery must keep to: the share of any one second, and ms until the last is back. */
export const BOUNDS = { peakShare: 0.05, lastBack: 90_000 } as const;

/** Ms of one step (discovery, identity, opening, greeting, ping), answered or refused: uniform between these. */
const LATENCY = { least: 20, most: 300 } as const;
/** Ms before the outage in which the clients connect, and the last of them in which nobody starts. */
const ARRIVALS = 60_000;
const SETTLED = 5_000;
/** Ms from one key of a consumer who writes to the next, on average. */
const KEY = 1_000;
/** Ms after the return within which a client is meant to be back. */
export const SOON = 3_000;

interface Client {
  link: Link;
  /** The deadline that is on the agenda; older ones are passed over. */
  wakeAt: number | null;
  readonly writes: boolean;
  /** Run that was online when the service went. */
  runAtClose: number;
  backAt: number | null;
}

interface Happening {
  readonly client: Client;
  readonly event: LinkEvent;
  readonly isKey?: boolean;
}

const NEWS = { resolve: 'resolved', identify: 'identified', open: 'opened', greet: 'greeted', ping: 'heard' } as const;

/** What comes of an effect, refused while the service is away; null where nothing does. */
function outcome(effect: LinkEffect, away: boolean): LinkEvent | null {
  const { type, run } = effect;
  if (type === 'hangUp') return null;
  if (!away) return { type: NEWS[type], run };
  return type === 'open' ? { type: 'closed', run, code: 1006 } : { type: 'failed', run, why: DROPPED };
}

/**
 * Runs the link machines of all clients through the outage on one virtual clock, with seeded chance. Throws when a
 * client is not online at its begin or never comes back.
 */
export function simulateOutage({ clients: count, seconds, seed, writing = 0 }: Outage): Recovery {
  const random = seeded(seed);
  const agenda = createAgenda<Happening>();
  const backAt = seconds * 1000;
  const clients = Array.from({ length: count }, (_, index): Client => {
    const writes = index < count * writing;
    return { link: { at: 'closed', run: 0 }, wakeAt: null, writes, runAtClose: 0, backAt: null };
  });
  let missing = count;

  function happen(client: Client, event: LinkEvent, now: number): void {
    const { link, effects } = step(client.link, event, { now, chance: random() });
    client.link = link;
    for (const effect of effects) {
      const news = outcome(effect, now >= 0 && now < backAt);
      const took = LATENCY.least + random() * (LATENCY.most - LATENCY.least);
      if (news) agenda.add(now + took, { client, event: news });
    }
    const due = deadline(link);
    if (due !== null && due !== client.wakeAt) agenda.add(due, { client, event: { type: 'woke' } });
    client.wakeAt = due;
    if (now < 0 || link.at !== 'online' || client.backAt !== null) return;
    client.backAt = now - backAt;
    missing -= 1;
  }

  function writeOn(client: Client, now: number): void {
    if (client.backAt === null)
      agenda.add(now - KEY * Math.log(1 - random()), { client, event: { type: 'wanted' }, isKey: true });
  }

  function playUntil(over: (now: number) => boolean): void {
    for (let entry = agenda.next(); entry; entry = agenda.next()) {
      const { client, event } = entry.what;
      if (over(entry.at)) return agenda.add(entry.at, entry.what);
      if (event.type === 'woke' && client.wakeAt !== entry.at) continue;
      happen(client, event, entry.at);
      if (entry.what.isKey) writeOn(client, entry.at);
    }
  }

  for (const client of clients) {
    agenda.add(random() * (ARRIVALS - SETTLED) - ARRIVALS, { client, event: { type: 'wanted' } });
  }
  playUntil((now) => now >= 0);
  for (const client of clients) {
    if (client.link.at !== 'online') throw new Error(`a client was ${client.link.at} before the outage`);
    client.runAtClose = client.link.run;
    happen(client, { type: 'closed', run: client.link.run, code: 1006 }, 0);
    if (client.writes) writeOn(client, 0);
  }
  playUntil(() => missing === 0);
  return recoveryOf(clients);
}

function recoveryOf(clients: readonly Client[]): Recovery {
  const back = clients.map((client) => {
    if (client.backAt === null) throw new Error('a client never came back');
    return client.backAt;
  });
  back.sort((a, b) => a - b);
  const tries = clients.map(({ link, runAtClose }) => link.run - runAtClose).sort((a, b) => a - b);
  const lastBack = back.at(-1) ?? 0;
  const perSecond = Array.from({ length: Math.floor(lastBack / 1000) + 1 }, () => 0);
  for (const ms of back) perSecond[Math.floor(ms / 1000)] = (perSecond[Math.floor(ms / 1000)] ?? 0) + 1;
  return {
    clients: clients.length,
    back,
    perSecond,
    peakShare: mostWithinASecond(back) / clients.length,
    lastBack,
    tries: { median: rank(tries, 0.5), p99: rank(tries, 0.99), most: tries.at(-1) ?? 0 },
  };
}

function mostWithinASecond(sorted: readonly number[]): number {
  let most = 0;
  let first = 0;
  for (const [index, ms] of sorted.entries()) {
    while (ms - (sorted[first] ?? ms) >= 1000) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

/** The figure below which this share of a sorted list lies; 0 of an empty one. */
export function rank(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
