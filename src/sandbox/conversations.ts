import type { MessageAudience } from '../protocol/agent.ts';
import { field, type Json, stringOf } from '../protocol/read.ts';
import type { Role } from '../protocol/types.ts';
import { announce, distribute } from './notifications.ts';
import {
  type Account,
  type ConversationRecord,
  type DialogRecord,
  isOpen,
  type ParticipantRecord,
  type StoredEvent,
} from './records.ts';
import { refuse, type World } from './world.ts';

/** What may happen to a conversation. Each change is announced; a refusal throws before anything has changed. */

/** Time of the next change: later than the last one, because readers drop older metadata (PROTOCOL §4.2). */
function touch(world: World, conversation: ConversationRecord): number {
  conversation.updatedAt = Math.max(world.clock.now(), conversation.updatedAt + 1);
  return conversation.updatedAt;
}

/** A conversation record with its main dialog, whose id is the conversation's; not yet announced. */
export function newConversation(
  world: World,
  account: Account,
  consumerId: string,
  startedAt: number,
  request: unknown,
): ConversationRecord {
  const id = world.uuid();
  const context = field(request, 'conversationContext');
  return {
    id,
    consumerId,
    startedAt,
    updatedAt: startedAt,
    endedAt: null,
    closeReason: null,
    skillId: stringOf(field(request, 'skillId')) ?? '-1',
    ttr: { ttrType: stringOf(field(request, 'ttrDefName')) ?? 'NORMAL', value: 3600 },
    csat: null,
    context: context ?? { type: 'SharkContext', lang: 'en-US' },
    campaignInfo: field(request, 'campaignInfo') ?? null,
    participants: [{ id: consumerId, role: 'CONSUMER', state: 'ACTIVE' }],
    dialogs: [newDialog(id, 'MAIN', startedAt, { firstSequence: account.firstSequence })],
  };
}

/** A dialog without events. */
export function newDialog(
  id: string,
  type: DialogRecord['type'],
  createdAt: number,
  rest: Pick<DialogRecord, 'firstSequence' | 'participants' | 'metaData'>,
): DialogRecord {
  return { id, type, createdAt, endedAt: null, closedBy: null, closedCause: null, events: [], ...rest };
}

/** Adds a dialog to an open conversation. */
export function addDialog(
  world: World,
  account: Account,
  conversation: ConversationRecord,
  dialog: DialogRecord,
): void {
  if (!isOpen(conversation)) refuse(400, 'The conversation is closed');
  conversation.dialogs.push(dialog);
  touch(world, conversation);
  announce(world, account, conversation);
}

export function addConversation(world: World, account: Account, conversation: ConversationRecord): void {
  account.conversations.set(conversation.id, conversation);
  announce(world, account, conversation);
}

/** Everything but the event itself that comes with a publish. */
export interface Publication {
  readonly from: string;
  readonly role: Role;
  readonly event: Json;
  readonly metadata: readonly unknown[];
  readonly audience: MessageAudience;
}

/** Puts an event at a dialog's end: content and receipts share one count (PROTOCOL §6.2). */
export function store(dialog: DialogRecord, publication: Publication, at: number): StoredEvent {
  const stored: StoredEvent = { ...publication, sequence: dialog.events.length + (dialog.firstSequence ?? 1), at };
  dialog.events.push(stored);
  return stored;
}

/** Publishes an event and tells everybody. The sequence is 0 for typing, which uses none. */
export function publish(
  world: World,
  account: Account,
  conversation: ConversationRecord,
  dialog: DialogRecord,
  publication: Publication,
): number {
  if (dialog.endedAt !== null) refuse(400, 'The dialog is closed');
  if (publication.event.type === 'ChatStateEvent') {
    distribute(world, account, conversation, dialog.id, publication);
    return 0;
  }
  const stored = store(dialog, publication, world.clock.now());
  world.changed();
  distribute(world, account, conversation, dialog.id, stored);
  return stored.sequence;
}

function endDialog(dialog: DialogRecord, at: number, by: string, cause: string): void {
  dialog.endedAt = at;
  dialog.closedBy = by;
  dialog.closedCause = cause;
}

/**
 * Closes one dialog; with the last open one the conversation ends. The main one takes co-browsing with it, and `next` is
 * opened in its place, so that the conversation goes on.
 */
export function closeDialog(
  world: World,
  account: Account,
  conversation: ConversationRecord,
  dialog: DialogRecord,
  { by, cause, next }: { readonly by: string; readonly cause: string; readonly next?: DialogRecord | null },
): void {
  if (dialog.endedAt !== null) refuse(400, 'The dialog is closed already');
  const at = touch(world, conversation);
  endDialog(dialog, at, by, cause);
  if (dialog.type === 'MAIN') {
    conversation.closeReason = by;
    for (const other of conversation.dialogs) {
      if (other.type === 'OTHER' && other.endedAt === null) endDialog(other, at, by, cause);
    }
  }
  if (next) conversation.dialogs.push(next);
  if (conversation.dialogs.every((other) => other.endedAt !== null)) conversation.endedAt = at;
  announce(world, account, conversation);
}

/** Closes the conversation and every dialog of it. */
export function closeConversation(world: World, account: Account, conversation: ConversationRecord, by: string): void {
  if (!isOpen(conversation)) refuse(400, 'The conversation is closed already');
  const at = touch(world, conversation);
  for (const dialog of conversation.dialogs) {
    if (dialog.endedAt === null) endDialog(dialog, at, by, `Closed by ${by.toLowerCase()}`);
  }
  conversation.endedAt = at;
  conversation.closeReason ??= by;
  announce(world, account, conversation);
}

/** Any other change of the conversation's own fields. */
export function change(
  world: World,
  account: Account,
  conversation: ConversationRecord,
  fields: Partial<Pick<ConversationRecord, 'skillId' | 'ttr' | 'csat'>> & { participants?: ParticipantRecord[] },
): void {
  if (!isOpen(conversation)) refuse(400, 'The conversation is closed');
  Object.assign(conversation, fields);
  touch(world, conversation);
  announce(world, account, conversation);
}
