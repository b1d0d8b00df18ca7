import type { Persistence } from '../net/ports.ts';
import type { Box, BoxTab } from './box.ts';

/** An open tab, and what has been written in it, oldest first: names that occur nowhere else. */
export interface Seat {
  tab: BoxTab;
  readonly written: string[];
  /** What has failed at some time, and then gave way to what was written later. */
  readonly failed: Set<string>;
}

/** What `outcomeOf` reads. */
export interface Played {
  readonly box: Box;
  readonly persistence: Persistence;
  readonly seats: readonly Seat[];
  readonly closed: readonly Seat[];
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
  /** Failed within the rules (a file whose tries were used up, a service that was too busy): others went before it. */
  readonly failed: readonly string[];
  readonly puts: readonly string[];
  readonly consumers: number;
  /** Conversations that are not over. */
  readonly open: number;
}

/** Own messages of a tab that are not through. */
export function unsettledOf({ store, lines }: BoxTab): { id: string; name: string; at: string }[] {
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

/** Reads it off the service, the object store and the tabs. */
export function outcomeOf({ box, seats, closed, persistence }: Played): Outcome {
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
    unsettled: seats.flatMap(({ tab }) => unsettledOf(tab).map(({ name, at }) => `${name} ${at}`)),
    written: [...seats, ...closed].map(({ written }) => written),
    abandoned: persistence === 'session' ? closed.flatMap(({ written }) => written) : [],
    failed: [...seats, ...closed].flatMap(({ failed }) => [...failed]),
    puts: box.puts,
    open: conversations.filter(({ endedAt }) => endedAt === null).length,
    consumers: new Set(conversations.map(({ consumerId }) => consumerId)).size,
  };
}

/** What is wrong with an outcome, in words; nothing is right. */
export function faultsOf(outcome: Outcome): string[] {
  const { stored, shown, unsettled, written, puts, consumers, open } = outcome;
  const wrong = [...unsettled];
  for (const names of written) wrong.push(...countFaults(outcome, names), ...orderFaults(outcome, names));
  for (const [tab, lines] of shown.entries()) {
    if (lines.join() !== stored.join()) wrong.push(`tab ${tab} shows ${lines.join()}; stored is ${stored.join()}`);
  }
  if (new Set(puts).size < puts.length) wrong.push(`a path was PUT twice: ${puts.join()}`);
  if (consumers > 1) wrong.push(`${consumers} consumers`);
  if (open > 1) wrong.push(`${open} open conversations`);
  return wrong;
}

function mineOf({ stored }: Outcome): string[] {
  return stored.filter((line) => line.startsWith('me: ')).map(bare);
}

function countFaults(outcome: Outcome, names: readonly string[]): string[] {
  const mine = mineOf(outcome);
  return names.flatMap((name) => {
    const times = mine.filter((other) => other === name).length;
    if (times > 1) return [`${name} is stored ${times} times`];
    return times === 0 && !outcome.abandoned.includes(name) ? [`${name} is lost`] : [];
  });
}

function orderFaults(outcome: Outcome, names: readonly string[]): string[] {
  const mine = mineOf(outcome);
  const inOrder = names.filter((name) => mine.includes(name) && !outcome.failed.includes(name));
  const asStored = mine.filter((name) => inOrder.includes(name));
  return asStored.join() === inOrder.join() ? [] : [`written ${inOrder.join()}, stored ${asStored.join()}`];
}
