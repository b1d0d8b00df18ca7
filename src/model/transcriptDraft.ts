import { isFromPerson, type Message, type Transcript } from './message.ts';
import { draftOfTable, type TableDraft } from './table.ts';

/** `dialogId/sequence`, by which a message is known to the service. */
export function numberOf(dialogId: string, sequence: number): string {
  return `${dialogId}/${sequence}`;
}

/** Ids of own messages that the service has not numbered, in the order in which they were written. They end the list. */
export function outgoingOf({ ids, byId }: Transcript): readonly string[] {
  let from = ids.length;
  while (from > 0 && byId.get(ids[from - 1] ?? '')?.sequence === null) from -= 1;
  return ids.slice(from);
}

/** A mutable copy for the length of one call. What it costs does not depend on how many messages there are. */
export interface Draft {
  readonly byId: TableDraft<Message>;
  readonly bySequence: TableDraft<string>;
  readonly early: Map<string, 'ACCEPT' | 'READ'>;
  readonly firstWords: Map<string, string>;
  readonly dialogs: string[];
  /** What was outgoing before, and what has been written since. */
  readonly outgoing: string[];
  /** What has been numbered since. */
  readonly numbered: Message[];
  /** Numbered messages that are none of their own any more. */
  readonly gone: Set<string>;
  changed: boolean;
}

export function draftOf(transcript: Transcript): Draft {
  return {
    byId: draftOfTable(transcript.byId),
    bySequence: draftOfTable(transcript.bySequence),
    early: new Map(transcript.early),
    firstWords: new Map(transcript.firstWords),
    dialogs: [...transcript.dialogs],
    outgoing: [...outgoingOf(transcript)],
    numbered: [],
    gone: new Set(),
    changed: false,
  };
}

/** Sets a message; it takes its place in the list when the draft is finished. A numbered one keeps its number. */
export function put(draft: Draft, message: Message): void {
  const old = draft.byId.get(message.id);
  draft.byId.set(message.id, message);
  draft.changed = true;
  const { id, dialogId, sequence } = message;
  if (sequence === null && !old) draft.outgoing.push(id);
  if (sequence !== null && (old?.sequence ?? null) === null) draft.numbered.push(message);
  if (dialogId === null || sequence === null) return;
  draft.bySequence.set(numberOf(dialogId, sequence), id);
  if (!draft.dialogs.includes(dialogId)) draft.dialogs.push(dialogId);
  if (isFromPerson(message)) hearSpeaker(draft, message);
}

function hearSpeaker(draft: Draft, message: Message): void {
  const speaker = message.from.id;
  const first = draft.byId.get(draft.firstWords.get(speaker) ?? '');
  if (!first || inOrder(draft.dialogs)(message, first) < 0) draft.firstWords.set(speaker, message.id);
}

/** Compares numbered messages by their place in the list. */
function inOrder(dialogs: readonly string[]): (a: Message, b: Message) => number {
  const rank = ({ dialogId }: Message) => dialogs.indexOf(dialogId ?? '');
  return (a, b) => rank(a) - rank(b) || (a.sequence ?? 0) - (b.sequence ?? 0);
}

/** Takes a message out. */
export function remove(draft: Draft, id: string): void {
  if (draft.byId.get(id)?.sequence !== null) draft.gone.add(id);
  draft.byId.delete(id);
  draft.changed = true;
}

/**
 * Takes numbered messages out whose numbers mean something else by now, oldest first: own ones wait again, not sure that
 * they arrived, and those of others go.
 */
export function forget(draft: Draft, messages: readonly Message[]): void {
  const own: string[] = [];
  for (const { id, dialogId, sequence, mine } of messages) {
    const message = draft.byId.get(id);
    if (dialogId !== null && sequence !== null) draft.bySequence.delete(numberOf(dialogId, sequence));
    remove(draft, id);
    if (!message || !mine) continue;
    const freed = freeId(draft, message);
    draft.byId.set(freed, { ...message, id: freed, dialogId: null, sequence: null, delivery: { at: 'unsure' } });
    own.push(freed);
  }
  // They were written before anything that is still on its way.
  draft.outgoing.unshift(...own);
}

/** An id made of the number would be taken by whatever gets that number now. */
function freeId(draft: Draft, { id, dialogId, sequence }: Message): string {
  if (id !== numberOf(dialogId ?? '', sequence ?? 0)) return id;
  let free = `${id}/again`;
  while (draft.byId.has(free)) free += '/again';
  return free;
}

/** Who spoke first may have been taken out: looks again among these, in their order. */
export function hearSpeakersAgain(draft: Draft, ids: readonly string[]): void {
  draft.firstWords.clear();
  for (const id of ids) {
    const message = draft.byId.get(id);
    if (message && message.sequence !== null && isFromPerson(message)) hearSpeaker(draft, message);
  }
}

/** The transcript that the draft has become; the one before when nothing was changed. */
export function finish(before: Transcript, draft: Draft): Transcript {
  if (!draft.changed) return before;
  const { byId, bySequence, early, firstWords, dialogs } = draft;
  return { byId: byId.done(), bySequence: bySequence.done(), early, firstWords, dialogs, ids: orderOf(before, draft) };
}

/** Numbered messages by dialog and sequence, then the outgoing ones in the order in which they were written. */
function orderOf(before: Transcript, draft: Draft): readonly string[] {
  const { byId, numbered, gone } = draft;
  const outgoing = draft.outgoing.filter((id) => byId.get(id)?.sequence === null);
  const count = before.ids.length - outgoingOf(before).length;
  const unmoved = numbered.length === 0 && gone.size === 0 && count + outgoing.length === before.ids.length;
  if (unmoved && outgoing.every((id, at) => id === before.ids[count + at])) return before.ids;
  let confirmed = before.ids.slice(0, count);
  if (gone.size > 0) confirmed = confirmed.filter((id) => !gone.has(id));
  const ids = merged(confirmed, numbered, draft).concat(outgoing);
  // A number moves an own message nowhere as a rule: a list that stays the same one is not painted and laid out again.
  return isSame(ids, before.ids) ? before.ids : ids;
}

/** Puts newly numbered messages where they belong: mostly the end, so that only what comes behind them is touched. */
function merged(confirmed: string[], numbered: readonly Message[], { byId, dialogs }: Draft): string[] {
  const order = inOrder(dialogs);
  const messageAt = (at: number) => byId.get(confirmed[at] ?? '');
  const fresh = numbered.filter(({ id }) => byId.has(id)).sort(order);
  const [first] = fresh;
  if (!first) return confirmed;
  const behind: Message[] = [];
  for (let at = confirmed.length - 1; at >= 0; at -= 1) {
    const message = messageAt(at);
    if (!message || order(message, first) < 0) break;
    behind.push(message);
  }
  confirmed.length -= behind.length;
  const tail = behind.length === 0 ? fresh : [...fresh, ...behind].sort(order);
  return confirmed.concat(tail.map(({ id }) => id));
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, at) => id === b[at]);
}
