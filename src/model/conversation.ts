import type { Conversation, ConversationChange, Dialog } from '../protocol/types.ts';

/**
 * The conversation to show after a change. Older news of the same one is dropped, because notifications may arrive out of
 * order (PROTOCOL §4.2); another one takes over when it is open and the present one is not, or when it began later.
 */
export function conversationAfter(current: Conversation | null, change: ConversationChange): Conversation | null {
  if (change.type === 'delete') {
    // Closed conversations leave the stream after a while; what was said stays on the screen.
    return current?.id === change.conversationId && current.open ? { ...current, open: false } : current;
  }
  const next = change.conversation;
  if (!current) return next;
  if (current.id === next.id) return next.updatedAt >= current.updatedAt ? next : current;
  if (current.open !== next.open) return next.open ? next : current;
  return next.startedAt > current.startedAt ? next : current;
}

/**
 * Where a message goes now: the newest open message dialog, a survey's included. Null when none is open. A co-browse
 * dialog is not for messages (PROTOCOL §11).
 */
export function activeDialog(conversation: Conversation | null): Dialog | null {
  if (!conversation?.open) return null;
  return messageDialogs(conversation).findLast((dialog) => dialog.open) ?? null;
}

/** The dialogs of a conversation that carry messages, in the order of the service. */
export function messageDialogs({ dialogs }: Pick<Conversation, 'dialogs'>): readonly Dialog[] {
  return dialogs.filter((dialog) => dialog.channel === 'MESSAGING');
}
