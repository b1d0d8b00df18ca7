import type { ReceiptStatus } from '../../protocol/types.ts';
import type { AgentLink } from './agentLink.ts';
import { changes, type DeskStore } from './agentStore.ts';
import { joined, unacceptedOf, unreadOf } from './selectors.ts';
import type { Entry, Thread } from './threads.ts';

/**
 * Tells the consumer what has arrived and what was read: ACCEPT for every message of a joined conversation, READ for
 * those before the agent's eyes. `watching` says whether the page can be seen.
 */
export function startReceipts(link: () => AgentLink, store: DeskStore, watching: () => boolean) {
  const onTheWay = new Set<string>();

  function publish(thread: Thread, status: ReceiptStatus, entries: readonly Entry[]): void {
    const fresh = entries.filter((entry) => !onTheWay.has(`${status} ${entry.key}`));
    for (const dialogId of new Set(fresh.map((entry) => entry.dialogId))) {
      send(
        thread.conversation.id,
        dialogId,
        status,
        fresh.filter((entry) => entry.dialogId === dialogId),
      );
    }
  }

  function send(conversationId: string, dialogId: string, status: ReceiptStatus, entries: readonly Entry[]): void {
    const marks = entries.map((entry) => `${status} ${entry.key}`);
    const sequenceList = entries.map((entry) => entry.sequence);
    for (const mark of marks) onTheWay.add(mark);
    link()
      .request('.ams.ms.PublishEvent', {
        dialogId,
        conversationId,
        event: { type: 'AcceptStatusEvent', status, sequenceList },
      })
      .then(() => remember(conversationId, dialogId, status, sequenceList))
      // Receipts that did not go through are due again at the next change.
      .catch(() => undefined)
      .finally(() => {
        for (const mark of marks) onTheWay.delete(mark);
      });
  }

  function remember(conversationId: string, dialogId: string, status: ReceiptStatus, sequences: number[]): void {
    const from = { id: store.getState().me[0] ?? '', role: 'ASSIGNED_AGENT' };
    const content = { type: 'receipt' as const, status, sequences };
    changes.messages(store, [{ dialogId, conversationId, sequence: null, at: null, from, clientId: null, content }]);
  }

  return {
    /** Publishes what is due. */
    check(): void {
      const { threads, me, selected, link: status } = store.getState();
      if (status.at !== 'online') return;
      for (const thread of threads.values()) {
        if (!thread.conversation.open || !joined(thread, me)) continue;
        publish(thread, 'ACCEPT', unacceptedOf(thread));
        if (thread.conversation.id === selected && watching()) publish(thread, 'READ', unreadOf(thread));
      }
    },
  };
}
