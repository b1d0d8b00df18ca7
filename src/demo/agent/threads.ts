import type { Conversation, ConversationChange, EventContent, MessagingEvent } from '../../protocol/types.ts';

/** One message of a conversation, as the console shows it. */
export interface Entry {
  /** `dialogId/sequence`. */
  readonly key: string;
  readonly dialogId: string;
  readonly sequence: number;
  /** Epoch ms; 0 where the service gave no time. */
  readonly at: number;
  readonly by: 'consumer' | 'me' | 'colleague' | 'service';
  readonly body: Extract<EventContent, { type: 'text' | 'file' | 'unsupported' }>;
}

/** An own message that the service has not numbered yet. */
export interface Outgoing {
  /** Sent as `ExternalId`, by which its echo is known. */
  readonly id: string;
  readonly at: number;
  /** The text, or the file's name. */
  readonly label: string;
  readonly kind: 'text' | 'file';
  readonly state: 'sending' | 'failed';
  /** Why it failed, as a sentence; null while it is on its way. */
  readonly why: string | null;
}

/** A conversation with everything heard of it. Receipts are sets of entry keys, so that they may come in any order. */
export interface Thread {
  readonly conversation: Conversation;
  readonly entries: readonly Entry[];
  readonly outgoing: readonly Outgoing[];
  /** Receipts of the consumer for messages of ours. */
  readonly accepted: ReadonlySet<string>;
  readonly read: ReadonlySet<string>;
  /** Receipts of this agent for messages of the consumer. */
  readonly acceptedByMe: ReadonlySet<string>;
  readonly readByMe: ReadonlySet<string>;
  /** The consumer is typing. */
  readonly typing: boolean;
}

export type Threads = ReadonlyMap<string, Thread>;

const NONE: ReadonlySet<string> = new Set();

function emptyThread(conversation: Conversation): Thread {
  return {
    conversation,
    entries: [],
    outgoing: [],
    accepted: NONE,
    read: NONE,
    acceptedByMe: NONE,
    readByMe: NONE,
    typing: false,
  };
}

/** Messages may overtake the notice of their conversation; until that comes, this stands in for it. */
function unannounced(id: string, dialogId: string, at: number): Conversation {
  const dialogs = [{ id: dialogId, type: 'MAIN', channel: 'MESSAGING', open: true, closedBy: null }];
  return { id, open: true, closeReason: null, dialogs, participants: [], startedAt: at, updatedAt: 0 };
}

/** The same map with one thread replaced. */
export function withThread(threads: Threads, id: string, change: (thread: Thread) => Thread): Threads {
  const thread = threads.get(id);
  if (!thread) return threads;
  const next = change(thread);
  return next === thread ? threads : new Map(threads).set(id, next);
}

/** Takes in changes of conversations; one that is older than what is known is dropped (PROTOCOL §4.2). */
export function conversationsChanged(threads: Threads, changes: readonly ConversationChange[]): Threads {
  const next = new Map(threads);
  for (const change of changes) {
    if (change.type === 'delete') {
      next.delete(change.conversationId);
      continue;
    }
    const { conversation } = change;
    const known = next.get(conversation.id);
    if (known && known.conversation.updatedAt > conversation.updatedAt) continue;
    const thread = known ?? emptyThread(conversation);
    next.set(conversation.id, {
      ...thread,
      conversation,
      // Which dialog comes before which is known only now.
      entries: inOrder(conversation, thread.entries),
      typing: thread.typing && conversation.open,
    });
  }
  return next;
}

/**
 * The threads that a whole list of conversations names. The first notification of a subscription is such a list
 * (PROTOCOL §4.1): what it leaves out has gone while the line was down.
 */
export function announcedOf(threads: Threads, list: readonly ConversationChange[]): Threads {
  const named = new Set(list.map((change) => (change.type === 'upsert' ? change.conversation.id : null)));
  return new Map([...threads].filter(([id]) => named.has(id)));
}

/** Takes in events of any conversations, in any order and any number of times. `me`: every id this agent goes by. */
export function heard(threads: Threads, events: readonly MessagingEvent[], me: readonly string[]): Threads {
  let next = threads;
  for (const event of events) {
    const id = conversationOf(next, event);
    if (!next.has(id)) {
      next = new Map(next).set(id, emptyThread(unannounced(id, event.dialogId, event.at ?? 0)));
    }
    next = withThread(next, id, (thread) => withEvent(thread, event, me));
  }
  return next;
}

function conversationOf(threads: Threads, event: MessagingEvent): string {
  if (event.conversationId !== null) return event.conversationId;
  for (const [id, thread] of threads) {
    if (thread.conversation.dialogs.some((dialog) => dialog.id === event.dialogId)) return id;
  }
  // The main dialog goes by the conversation's own id (PROTOCOL §0).
  return event.dialogId;
}

function authorOf(event: MessagingEvent, me: readonly string[]): Entry['by'] {
  if (me.includes(event.from.id)) return 'me';
  if (event.from.role === 'CONSUMER') return 'consumer';
  return event.from.role === 'CONTROLLER' ? 'service' : 'colleague';
}

function withEvent(thread: Thread, event: MessagingEvent, me: readonly string[]): Thread {
  const by = authorOf(event, me);
  switch (event.content.type) {
    case 'typing': {
      const typing = event.content.state === 'COMPOSING';
      return by === 'consumer' && thread.typing !== typing ? { ...thread, typing } : thread;
    }
    case 'receipt':
      return withReceipt(thread, event.dialogId, event.content, by);
    case 'text':
    case 'file':
    case 'unsupported':
      return withEntry(thread, event, event.content, by);
  }
}

function withReceipt(
  thread: Thread,
  dialogId: string,
  receipt: Extract<EventContent, { type: 'receipt' }>,
  by: Entry['by'],
): Thread {
  if ((receipt.status !== 'ACCEPT' && receipt.status !== 'READ') || (by !== 'consumer' && by !== 'me')) return thread;
  const set = SETS[by][receipt.status];
  const keys = receipt.sequences.map((sequence) => `${dialogId}/${sequence}`);
  return keys.every((key) => thread[set].has(key)) ? thread : { ...thread, [set]: new Set([...thread[set], ...keys]) };
}

const SETS = {
  consumer: { ACCEPT: 'accepted', READ: 'read' },
  me: { ACCEPT: 'acceptedByMe', READ: 'readByMe' },
} as const;

function withEntry(thread: Thread, event: MessagingEvent, body: Entry['body'], by: Entry['by']): Thread {
  const { dialogId, sequence } = event;
  if (sequence === null) return thread;
  const key = `${dialogId}/${sequence}`;
  const outgoing = thread.outgoing.filter((one) => one.id !== event.clientId);
  const typing = by === 'consumer' ? false : thread.typing;
  if (thread.entries.some((entry) => entry.key === key)) {
    return outgoing.length === thread.outgoing.length ? thread : { ...thread, outgoing };
  }
  const entry: Entry = { key, dialogId, sequence, at: event.at ?? 0, by, body };
  return { ...thread, typing, outgoing, entries: inOrder(thread.conversation, [...thread.entries, entry]) };
}

function inOrder({ dialogs }: Conversation, entries: readonly Entry[]): readonly Entry[] {
  const place = new Map(dialogs.map((dialog, index) => [dialog.id, index]));
  const rank = (entry: Entry) => place.get(entry.dialogId) ?? place.size;
  return [...entries].sort((a, b) => rank(a) - rank(b) || a.sequence - b.sequence);
}
