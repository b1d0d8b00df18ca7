import type { Persistence } from '../net/ports.ts';
import type { Fault } from '../sandbox/faults.ts';
import { type Box, type BoxTab, createBox } from './box.ts';
import type { BoxAgent } from './boxAgent.ts';
import type { PutFault } from './boxServices.ts';
import { seeded } from './random.ts';
import { fakeStorage } from './storage.ts';

/** One thing that happens. `tab` counts the open ones; a number beyond them means the last. Spans in ms. */
export type Step =
  | { readonly do: 'text' | 'photo' | 'reload' | 'crash'; readonly tab: number }
  | { readonly do: 'agent' | 'second tab' | 'close second tab' | 'thaw' }
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

/** An open tab, and what has been written in it, oldest first: names that occur nowhere else. */
interface Seat {
  tab: BoxTab;
  readonly written: string[];
}

/** What a healed schedule has come to. */
export interface Outcome {
  /** Everything that the service has stored, in its order: `me: t1`, `them: a1`. */
  readonly stored: readonly string[];
  /** What each open tab shows. */
  readonly shown: readonly (readonly string[])[];
  /** Own messages of open tabs that are not through: `t1 failed`. */
  readonly unsettled: readonly string[];
  /** By tab, what was written in it, in its order. */
  readonly written: readonly (readonly string[])[];
  /** Written in tabs that were closed while it was on its way, where nobody may go on with it. */
  readonly abandoned: readonly string[];
  /** Failed within the rules (a file whose tries were used up, a service that was too busy) and sent again by hand. */
  readonly retried: readonly string[];
  readonly puts: readonly string[];
  readonly consumers: number;
}

const CONNECTOR = { by: 'anonymous', connectorId: '1' } as const;

/** Spans of simulated time in which everything must come to rest once nothing goes wrong any more. */
const HEALING = 150_000;
const AFTER_HAND = 30_000;

interface Stage {
  readonly box: Box;
  readonly agent: BoxAgent;
  readonly persistence: Persistence;
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
    seats: [{ tab: first, written: [] }],
    closed: [],
    count: 0,
  };
  // What may be met by a second tab is somebody known.
  write(stage, 0, 'text');
  await box.clock.advance(500);
  for (const step of steps) {
    perform(stage, step);
    await box.clock.advance(1);
    if (step.do === 'wait') await box.clock.advance(step.ms);
  }
  const retried = await heal(stage);
  const outcome = outcomeOf(stage, retried);
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
      if (step.do === 'reload') seat.tab = seat.tab.reload();
      else seat.tab = comesBack(stage, seat);
      return;
    }
    case 'agent':
      stage.count += 1;
      void stage.agent.say(`a${stage.count}`);
      return;
    case 'second tab':
      if (seats.length === 1) seats.push({ tab: neighbour(stage), written: [] });
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

/** A duplicate of the first tab, or another one of the same browser. */
function neighbour({ box, persistence, seats: [first] }: Stage): BoxTab {
  const copied = persistence === 'session' && first ? { session: fakeStorage(first.tab.session) } : {};
  const tab = box.tab({ ...copied, persistence, identity: CONNECTOR });
  tab.actions.resume();
  return tab;
}

/** Nothing goes wrong any more; what has failed within the rules is sent again by hand. The names of those. */
async function heal(stage: Stage): Promise<string[]> {
  const { box, seats, closed, persistence } = stage;
  box.brand.inject({ fault: 'none' }, { on: 'all' });
  box.putFaults.length = 0;
  await box.clock.advance(HEALING);
  // What a closed tab left behind is sent by the next page.
  if (persistence === 'local' && closed.length > 0) {
    const seat = seatOf(stage, 0);
    seat.tab = seat.tab.reload();
    await box.clock.advance(AFTER_HAND);
  }
  const retried: string[] = [];
  for (const { tab } of seats) {
    for (const { id, name, at } of ownUnsettled(tab)) {
      if (at !== 'failed') continue;
      retried.push(name);
      tab.actions.retry(id);
    }
  }
  if (retried.length > 0) await box.clock.advance(AFTER_HAND);
  return retried;
}

function ownUnsettled({ store, lines }: BoxTab): { id: string; name: string; at: string }[] {
  const { transcript } = store.getState();
  const shown = lines();
  return transcript.ids.flatMap((id, index) => {
    const at = transcript.byId.get(id)?.delivery?.at;
    const unsettled = at === 'sending' || at === 'failed' || at === 'unsure';
    return unsettled ? [{ id, name: bare(shown[index] ?? ''), at }] : [];
  });
}

/** `me: [p1.jpg]` → `p1.jpg`. */
function bare(line: string): string {
  return line.replace(/^\w+: /, '').replace(/^\[(.*)\]$/, '$1');
}

function outcomeOf({ box, seats, closed, persistence }: Stage, retried: string[]): Outcome {
  const [account] = box.brand.snapshot().accounts;
  const conversations = account?.conversations ?? [];
  const events = conversations.flatMap(({ dialogs }) => dialogs.flatMap((dialog) => dialog.events));
  const stored = events.flatMap(({ event, role }) => {
    if (event.type !== 'ContentEvent') return [];
    const { message } = event;
    const text = typeof message === 'string' ? message : `[${(message as { caption: string }).caption}]`;
    return [`${role === 'CONSUMER' ? 'me' : 'them'}: ${text}`];
  });
  return {
    stored,
    shown: seats.map(({ tab }) => tab.lines()),
    unsettled: seats.flatMap(({ tab }) => ownUnsettled(tab).map(({ name, at }) => `${name} ${at}`)),
    written: [...seats, ...closed].map(({ written }) => written),
    abandoned: persistence === 'session' ? closed.flatMap(({ written }) => written) : [],
    retried,
    puts: box.puts,
    consumers: new Set(conversations.map(({ consumerId }) => consumerId)).size,
  };
}

/** What is wrong with an outcome, in words; nothing is right. */
export function faultsOf({
  stored,
  shown,
  unsettled,
  written,
  abandoned,
  retried,
  puts,
  consumers,
}: Outcome): string[] {
  const mine = stored.filter((line) => line.startsWith('me: ')).map(bare);
  const wrong: string[] = [];
  for (const name of written.flat()) {
    const times = mine.filter((other) => other === name).length;
    if (times > 1) wrong.push(`${name} is stored ${times} times`);
    if (times === 0 && !abandoned.includes(name)) wrong.push(`${name} is lost`);
  }
  for (const names of written) {
    const inOrder = names.filter((name) => mine.includes(name) && !retried.includes(name));
    const asStored = mine.filter((name) => inOrder.includes(name));
    if (asStored.join() !== inOrder.join()) wrong.push(`written ${inOrder.join()}, stored ${asStored.join()}`);
  }
  for (const [tab, lines] of shown.entries()) {
    if (lines.join() !== stored.join()) wrong.push(`tab ${tab} shows ${lines.join()}; stored is ${stored.join()}`);
  }
  if (new Set(puts).size < puts.length) wrong.push(`a path was PUT twice: ${puts.join()}`);
  if (consumers > 1) wrong.push(`${consumers} consumers`);
  return [...wrong, ...unsettled];
}
