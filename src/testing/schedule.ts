import type { Persistence } from '../net/ports.ts';
import type { Fault } from '../sandbox/faults.ts';
import { type BoxTab, createBox } from './box.ts';
import type { BoxAgent } from './boxAgent.ts';
import type { PutFault } from './boxServices.ts';
import { type Outcome, outcomeOf, type Played, type Seat, unsettledOf } from './outcome.ts';
import { seeded } from './random.ts';
import { fakeStorage } from './storage.ts';

/** One thing that happens. `tab` counts the open ones; a number beyond them means the last. Spans in ms. */
export type Step =
  | { readonly do: 'text' | 'photo' | 'reload' | 'crash'; readonly tab: number }
  | { readonly do: 'agent' | 'agent closes' | 'second tab' | 'close second tab' | 'thaw' }
  | { readonly do: 'fault'; readonly fault: Fault; readonly on: 'open' | 'next' | 'all' }
  /** The next requests are refused by 429; takes the place of what is left of an earlier one. */
  | { readonly do: 'throttle'; readonly requests: number }
  | { readonly do: 'put'; readonly fault: PutFault }
  | { readonly do: 'wait'; readonly ms: number };

export interface Schedule {
  readonly steps: readonly Step[];
  readonly persistence: Persistence;
  /** For waits and jitter. */
  readonly seed: number;
}

const CONNECTOR = { by: 'anonymous', connectorId: '1' } as const;

/** Spans of simulated time in which everything must come to rest once nothing goes wrong any more. */
const HEALING = 150_000;
const AFTER_HAND = 30_000;

interface Stage extends Played {
  readonly agent: BoxAgent;
  readonly seats: Seat[];
  readonly closed: Seat[];
  count: number;
}

export async function play({ steps, persistence, seed }: Schedule): Promise<Outcome> {
  const box = createBox({ random: seeded(seed) });
  const first = box.tab({ persistence, identity: CONNECTOR });
  const stage: Stage = {
    box,
    agent: box.agent(),
    persistence,
    seats: [seatFor(first)],
    closed: [],
    count: 0,
  };
  for (const step of [{ do: 'text', tab: 0 } as const, ...steps]) {
    perform(stage, step);
    // A page that goes within the turn of a click has not kept what was clicked.
    await box.clock.advance(step.do === 'wait' ? step.ms : 1);
  }
  await heal(stage);
  const outcome = outcomeOf(stage);
  for (const { tab } of stage.seats) tab.actions.dispose();
  stage.agent.leave();
  return outcome;
}

function perform(stage: Stage, step: Step): void {
  const { box, seats } = stage;
  switch (step.do) {
    case 'text':
    case 'photo':
      return write(stage, step.tab, step.do);
    case 'reload':
    case 'crash': {
      const seat = seatOf(stage, step.tab);
      take(seat, step.do === 'reload' ? seat.tab.reload() : comesBack(stage, seat));
      return;
    }
    case 'agent':
      stage.count += 1;
      void stage.agent.say(`a${stage.count}`);
      return;
    case 'agent closes':
      void stage.agent.close();
      return;
    case 'second tab':
      // Before that it would be somebody else.
      if (seats.length === 1 && isKnown(seatOf(stage, 0))) seats.push(seatFor(neighbour(stage)));
      return;
    case 'close second tab': {
      const seat = seats.length > 1 ? seats.pop() : undefined;
      seat?.tab.crash();
      if (seat) stage.closed.push(seat);
      return;
    }
    case 'thaw':
      for (const { tab } of seats) tab.surroundings.thaws();
      return;
    case 'fault':
      box.brand.inject(step.fault, { on: step.on });
      return;
    case 'throttle':
      box.brand.faults.refusals = [{ code: 429, left: step.requests }];
      return;
    case 'put':
      box.putFaults.push(step.fault);
      return;
    case 'wait':
  }
}

function seatFor(tab: BoxTab): Seat {
  const seat: Seat = { tab, written: [], failed: new Set() };
  take(seat, tab);
  return seat;
}

function take(seat: Seat, tab: BoxTab): void {
  seat.tab = tab;
  tab.store.subscribe(({ transcript }, before) => {
    if (transcript === before.transcript) return;
    for (const { name, at } of unsettledOf(tab)) if (at === 'failed') seat.failed.add(name);
  });
}

function seatOf({ seats }: Stage, tab: number): Seat {
  const seat = seats[Math.min(tab, seats.length - 1)];
  if (!seat) throw new Error('every tab is closed');
  return seat;
}

function write(stage: Stage, at: number, what: 'text' | 'photo'): void {
  const { tab, written } = seatOf(stage, at);
  stage.count += 1;
  const name = what === 'text' ? `t${stage.count}` : `p${stage.count}.jpg`;
  written.push(name);
  if (what === 'photo') tab.actions.attach([new File(['0123456789'], name, { type: 'image/jpeg' })]);
  tab.actions.send(what === 'text' ? name : '');
}

/** The browser brings the tab back after a crash, with its session. */
function comesBack({ box, persistence }: Stage, { tab }: Seat): BoxTab {
  tab.crash();
  const again = box.tab({ session: tab.session, persistence, identity: CONNECTOR });
  again.actions.resume();
  return again;
}

function isKnown({ tab }: Seat): boolean {
  return tab.store.getState().me !== null;
}

/** A duplicate of the first tab, or another one of the same browser. */
function neighbour({ box, persistence, seats: [first] }: Stage): BoxTab {
  const copied = persistence === 'session' && first ? { session: fakeStorage(first.tab.session) } : {};
  const tab = box.tab({ ...copied, persistence, identity: CONNECTOR });
  tab.actions.resume();
  return tab;
}

/** Nothing goes wrong any more; what has failed within the rules is sent again by hand. */
async function heal(stage: Stage): Promise<void> {
  const { box, seats, closed, persistence } = stage;
  box.brand.inject({ fault: 'none' }, { on: 'all' });
  box.putFaults.length = 0;
  await box.clock.advance(HEALING);
  // What a closed tab left behind is sent by the next page.
  if (persistence === 'local' && closed.length > 0) {
    const seat = seatOf(stage, 0);
    take(seat, seat.tab.reload());
    await box.clock.advance(AFTER_HAND);
  }
  for (const { tab } of seats) {
    for (const { id, at } of unsettledOf(tab)) if (at === 'failed') tab.actions.retry(id);
  }
  await box.clock.advance(AFTER_HAND);
  for (const { tab } of seats) await readBack(stage, tab);
}

/** Reads every earlier conversation, as a consumer who scrolls up. */
async function readBack({ box }: Stage, { store, actions }: BoxTab): Promise<void> {
  for (let times = 0; times < 20 && store.getState().earlier === 'some'; times += 1) {
    actions.showEarlier();
    await box.clock.advance(5_000);
  }
}
