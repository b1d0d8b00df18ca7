import type { Entry, Thread, Threads } from './threads.ts';

/** What the consumer has said that this agent has not read; nothing waits in a closed conversation. */
export function unreadOf(thread: Thread): readonly Entry[] {
  if (!thread.conversation.open) return [];
  return thread.entries.filter((entry) => entry.by === 'consumer' && !thread.readByMe.has(entry.key));
}

/** Messages of the consumer that this agent has not acknowledged as arrived. */
export function unacceptedOf(thread: Thread): readonly Entry[] {
  return thread.entries.filter((entry) => entry.by === 'consumer' && !thread.acceptedByMe.has(entry.key));
}

/** How far a message of the brand's side has come with the consumer. */
export function deliveryOf(thread: Thread, key: string): 'sent' | 'delivered' | 'read' {
  if (thread.read.has(key)) return 'read';
  return thread.accepted.has(key) ? 'delivered' : 'sent';
}

/** Whether this agent takes part. `me`: every id the agent goes by. */
export function joined(thread: Thread, me: readonly string[]): boolean {
  return thread.conversation.participants.some(({ id }) => me.includes(id));
}

/** The dialog to write in: the newest open messaging one, or null when all are closed (PROTOCOL §16). */
export function openDialog(thread: Thread): string | null {
  if (!thread.conversation.open) return null;
  const open = thread.conversation.dialogs.filter((dialog) => dialog.open && dialog.channel === 'MESSAGING');
  return open.at(-1)?.id ?? null;
}

/** When something last happened in a conversation, epoch ms. */
export function activeAt(thread: Thread): number {
  return Math.max(thread.conversation.startedAt, thread.entries.at(-1)?.at ?? 0);
}

/** Ids of all conversations: open before closed, newest first. */
export function orderOf(threads: Threads): readonly string[] {
  const all = [...threads.values()];
  all.sort((a, b) => Number(b.conversation.open) - Number(a.conversation.open) || activeAt(b) - activeAt(a));
  return all.map((thread) => thread.conversation.id);
}
