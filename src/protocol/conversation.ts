import { arrayOf, field, objectOf, stringOf, timeOf } from './read.ts';
import type { Conversation, ConversationChange, Dialog, Participant } from './types.ts';

function decodeDialog(value: unknown): Dialog | null {
  const id = stringOf(field(value, 'dialogId'));
  if (!id) return null;
  return {
    id,
    type: stringOf(field(value, 'dialogType')) ?? 'MAIN',
    channel: stringOf(field(value, 'channelType')) ?? 'MESSAGING',
    open: stringOf(field(value, 'state')) !== 'CLOSE',
    closedBy: stringOf(field(value, 'closedBy')),
  };
}

/** `participants: [{id, role}]`, `participantsPId: {ROLE: [ids]}` or a bare id list (PROTOCOL §14 row 12). */
function decodeParticipants(details: unknown): Participant[] {
  const out: Participant[] = [];
  for (const entry of arrayOf(field(details, 'participants'))) {
    const id = stringOf(field(entry, 'id'));
    const role = stringOf(field(entry, 'role'));
    // A suggested agent has been offered the conversation and has not joined it.
    if (id && role && stringOf(field(entry, 'state')) !== 'SUGGESTED') out.push({ id, role });
  }
  const byRole = objectOf(field(details, 'participantsPId'));
  for (const role of byRole ? Object.keys(byRole) : []) {
    for (const entry of arrayOf(field(byRole, role))) {
      const id = stringOf(entry);
      if (id) out.push({ id, role });
    }
  }
  return out;
}

/** One element of a conversation notification, or null where it cannot be read. */
export function decodeConversationChange(change: unknown): ConversationChange | null {
  const result = field(change, 'result');
  const details = field(result, 'conversationDetails');
  const id = stringOf(field(result, 'convId')) ?? stringOf(field(details, 'convId'));
  if (!id) return null;
  if (stringOf(field(change, 'type')) === 'DELETE') return { type: 'delete', conversationId: id };
  if (!objectOf(details)) return null;
  return { type: 'upsert', conversation: decodeConversation(id, result, details) };
}

function decodeConversation(id: string, result: unknown, details: unknown): Conversation {
  const open = (stringOf(field(details, 'stage')) ?? stringOf(field(details, 'state'))) !== 'CLOSE';
  const dialogs = arrayOf(field(details, 'dialogs'))
    .map(decodeDialog)
    .filter((dialog) => dialog !== null);
  const startedAt = timeOf(field(details, 'startTs')) ?? 0;
  return {
    id,
    open,
    closeReason: stringOf(field(details, 'closeReason')),
    // Streams without a dialog list have just the main one, whose id is the conversation's (PROTOCOL §0).
    dialogs: dialogs.length > 0 ? dialogs : [{ id, type: 'MAIN', channel: 'MESSAGING', open, closedBy: null }],
    participants: decodeParticipants(details),
    startedAt,
    updatedAt: timeOf(field(details, 'metaDataLastUpdateTs')) ?? timeOf(field(result, 'lastUpdateTime')) ?? startedAt,
  };
}
