import { activeDialog } from '../model/conversation.ts';
import { failureOf } from '../protocol/failure.ts';
import type { MessagingEvent, ReceiptStatus } from '../protocol/types.ts';
import type { ChatStore } from '../store/store.ts';
import type { Ports } from './ports.ts';

/** Ms in which receipts are gathered: each one uses up a sequence number (PROTOCOL §6.5). */
const GATHER = 400;

/** Says ACCEPT for what has arrived and READ for what has been seen, once each, and counts what is unread. */
export interface Receipts {
  seen(messageIds: readonly string[]): void;
  dispose(): void;
}

export function startReceipts(ports: Ports, store: ChatStore): Receipts {
  const { service, clock } = ports;
  /** `dialogId/sequence` → the highest status that has been said, by this tab or another. */
  const said = new Map<string, 'ACCEPT' | 'READ'>();
  /** `dialogId/sequence` → the status to say next. */
  const due = new Map<string, 'ACCEPT' | 'READ'>();
  let cancel: (() => void) | null = null;

  function heardOwn(event: MessagingEvent, status: ReceiptStatus, sequences: readonly number[]): void {
    if (status !== 'ACCEPT' && status !== 'READ') return;
    for (const sequence of sequences) {
      const key = `${event.dialogId}/${sequence}`;
      if (said.get(key) !== 'READ') said.set(key, status);
    }
  }

  function say(key: string, status: 'ACCEPT' | 'READ'): void {
    const done = said.get(key);
    if (done === 'READ' || done === status || due.get(key) === 'READ') return;
    due.set(key, status);
    flushSoon();
  }

  /** What cannot be said now is said on the next connection. */
  function flushSoon(): void {
    if (due.size > 0 && service.status().at === 'online') cancel ??= clock.after(GATHER, flush);
  }

  function flush(): void {
    cancel = null;
    if (service.status().at !== 'online') return;
    const batches = new Map<string, { dialogId: string; status: 'ACCEPT' | 'READ'; sequences: number[] }>();
    for (const [key, status] of due) {
      const done = said.get(key);
      if (done === 'READ' || done === status) continue;
      const cut = key.lastIndexOf('/');
      const dialogId = key.slice(0, cut);
      const batch = batches.get(`${status} ${dialogId}`) ?? { dialogId, status, sequences: [] };
      batch.sequences.push(Number(key.slice(cut + 1)));
      batches.set(`${status} ${dialogId}`, batch);
      said.set(key, status);
    }
    due.clear();
    for (const batch of batches.values()) publish(batch.dialogId, batch.status, batch.sequences);
  }

  function publish(dialogId: string, status: 'ACCEPT' | 'READ', sequenceList: number[]): void {
    const { conversation } = store.getState();
    // A closed dialog takes no more events.
    if (!conversation || activeDialog(conversation)?.id !== dialogId) return;
    const event = { type: 'AcceptStatusEvent' as const, status, sequenceList };
    service.request('ms.PublishEvent', { dialogId, conversationId: conversation.id, event }).catch((error: unknown) => {
      // Saying it twice does no harm; a refusal would only be repeated.
      if (failureOf(error).delivery !== 'refused') for (const one of sequenceList) unsay(`${dialogId}/${one}`, status);
    });
  }

  function unsay(key: string, status: 'ACCEPT' | 'READ'): void {
    // Meanwhile a higher one may have been said, or is about to be.
    if (said.get(key) !== status) return;
    said.delete(key);
    if (due.get(key) !== 'READ') due.set(key, status);
    flushSoon();
  }

  const stopOnline = service.on('status', flushSoon);
  const stop = service.on('messages', ({ events }) => {
    const { me } = store.getState();
    const arrived: string[] = [];
    let readElsewhere = false;
    for (const event of events) {
      const { content } = event;
      if (content.type === 'receipt' && event.from.id === me) {
        heardOwn(event, content.status, content.sequences);
        readElsewhere ||= content.status === 'READ';
      }
      if (content.type === 'receipt' || content.type === 'typing' || event.from.id === me) continue;
      const key = `${event.dialogId}/${event.sequence}`;
      say(key, 'ACCEPT');
      const id = store.getState().transcript.bySequence.get(key);
      if (id !== undefined) arrived.push(id);
    }
    // One change for all of them: a long back-log holds thousands. A receipt of ours may stand behind its message in it.
    const { unread: before, newFrom } = store.getState();
    const known = new Set(before);
    const still = readElsewhere ? before.filter((id) => !isRead(id)) : before;
    const fresh = arrived.filter((id) => !known.has(id) && !isRead(id));
    if (still.length === before.length && fresh.length === 0) return;
    const unread = [...still, ...fresh];
    // The panel was opened before the receipt had come.
    const moved = newFrom !== null && known.has(newFrom) && !unread.includes(newFrom);
    store.setState({ unread, ...(moved ? { newFrom: unread[0] ?? null } : {}) });
  });

  function isRead(id: string): boolean {
    const message = store.getState().transcript.byId.get(id);
    const key = `${message?.dialogId}/${message?.sequence}`;
    // What was seen while nothing could be said is heard again before it is.
    return said.get(key) === 'READ' || due.get(key) === 'READ';
  }

  return {
    seen(messageIds) {
      const { transcript, unread } = store.getState();
      for (const id of messageIds) {
        const message = transcript.byId.get(id);
        if (message && !message.mine && message.dialogId !== null && message.sequence !== null) {
          say(`${message.dialogId}/${message.sequence}`, 'READ');
        }
      }
      if (messageIds.some((id) => unread.includes(id))) {
        store.setState({ unread: unread.filter((id) => !messageIds.includes(id)) });
      }
    },
    dispose() {
      stop();
      stopOnline();
      cancel?.();
    },
  };
}
