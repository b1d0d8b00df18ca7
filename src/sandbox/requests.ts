import { arrayOf, field, type Json, numberOf, objectOf, stringOf } from '../protocol/read.ts';
import { change, closeConversation, publish } from './conversations.ts';
import { type ConversationFilter, type Link, personOf, roleIn, type Subscription } from './link.ts';
import { announceAll, maySee } from './notifications.ts';
import { type ConversationRecord, type DialogRecord, dialogOf, participantsOf, userOf } from './records.ts';
import { closeWithSurvey, surveyHeard } from './survey.ts';
import { refuse, type World } from './world.ts';

/** What consumers' and agents' requests have in common. */

/** One request frame, read. */
export interface Request {
  readonly type: string;
  readonly id: string;
  readonly body: unknown;
  /** Sibling of the body (PROTOCOL §9.4). */
  readonly metadata: readonly unknown[];
  readonly headers: readonly unknown[];
}

/** What goes back; `code` is HTTP-like. */
export interface Answer {
  readonly type: string;
  readonly code: number;
  readonly body?: unknown;
}

export type Handler = (world: World, link: Link, request: Request) => Answer;

export type Handlers = Readonly<Record<string, Handler>>;

/** Object of the body; a request without one is refused. */
export function bodyOf(request: Request): Json {
  return objectOf(request.body) ?? refuse(400, 'The request has no body');
}

/** The conversation that a body names, seen by whoever asks. A stranger's is as unknown as one that never was. */
export function conversationOf(link: Link, id: unknown): ConversationRecord {
  const conversation = link.account.conversations.get(stringOf(id) ?? '');
  if (!conversation || !maySee(link, conversation)) return refuse(400, 'Unknown conversation');
  return conversation;
}

/** The dialog that a body names by `dialogId`, by `conversationId` alone, or by both (PROTOCOL §14 row 4). */
export function placeOf(link: Link, body: Json): { conversation: ConversationRecord; dialog: DialogRecord } {
  const dialogId = stringOf(body.dialogId) ?? stringOf(body.conversationId);
  if (!dialogId) return refuse(400, 'dialogId is missing');
  const named = stringOf(body.conversationId) || dialogId;
  for (const conversation of link.account.conversations.get(named) ? [conversationOf(link, named)] : visible(link)) {
    const dialog = dialogOf(conversation, dialogId);
    if (dialog) return { conversation, dialog };
  }
  return refuse(400, 'Unknown dialog');
}

function visible(link: Link): ConversationRecord[] {
  return [...link.account.conversations.values()].filter((conversation) => maySee(link, conversation));
}

function names(value: unknown): string[] {
  return arrayOf(value)
    .map(stringOf)
    .filter((name) => name !== null);
}

/** Opens a stream of conversation changes; its first notification follows the answer. */
export function subscribeConversations(world: World, link: Link, request: Request): { subscriptionId: string } {
  const agents = names(field(request.body, 'agentIds')).map((id) => userOf(link.account, id)?.pid ?? id);
  const filter: ConversationFilter = {
    convState: names(field(request.body, 'convState')),
    stage: names(field(request.body, 'stage')),
    since: numberOf(field(request.body, 'minLastUpdatedTime')) ?? 0,
    agents: agents.length > 0 ? agents : null,
  };
  const subscription: Subscription = { id: world.uuid(), filter, told: new Set() };
  link.subscriptions.set(subscription.id, subscription);
  announceAll(world, link, subscription);
  return { subscriptionId: subscription.id };
}

export function unsubscribeConversations(link: Link, request: Request): string {
  const id = stringOf(field(request.body, 'subscriptionId'));
  if (!id || !link.subscriptions.delete(id)) refuse(400, 'Unknown subscription');
  return 'OK Unsubscribed successfully';
}

/** What an event must have to be published. */
function checkEvent(value: unknown): Json {
  const event = objectOf(value) ?? refuse(400, 'The event is missing');
  switch (event.type) {
    case 'ContentEvent':
      checkContent(event);
      return event;
    case 'AcceptStatusEvent':
      if (!stringOf(event.status)) refuse(400, 'The receipt has no status');
      if (arrayOf(event.sequenceList).length === 0) refuse(400, 'The receipt has no sequenceList');
      // A single sequence may come bare (PROTOCOL §0); it goes out in the documented form.
      return { ...event, sequenceList: arrayOf(event.sequenceList) };
    case 'ChatStateEvent':
      if (!stringOf(event.chatState)) refuse(400, 'The event has no chatState');
      return event;
    case 'RichContentEvent':
      return event;
    default:
      return refuse(400, `Unknown event type ${String(stringOf(event.type)).slice(0, 40)}`);
  }
}

function checkContent(event: Json): void {
  if (event.contentType === 'hosted/file' || event.contentType === 'HostedFile') {
    const { message } = event;
    if (!stringOf(field(message, 'relativePath'))) refuse(400, 'The file has no relativePath');
    if (!stringOf(field(message, 'fileType'))) refuse(400, 'The file has no fileType');
    const preview = stringOf(field(message, 'preview'));
    if (preview && preview.length > 30_720) refuse(400, 'The preview exceeds 30 KB');
    return;
  }
  if (event.message === undefined || event.message === null || event.message === '') {
    refuse(400, 'The message is empty');
  }
}

/** Publishes for a participant of the dialog's conversation; a stranger is refused. */
export function publishEvent(
  world: World,
  link: Link,
  request: Request,
  audience: 'ALL' | 'AGENTS_AND_MANAGERS',
): { sequence: number } {
  const body = bodyOf(request);
  const { conversation, dialog } = placeOf(link, body);
  const from = personOf(link);
  const role =
    roleIn(participantsOf(conversation, dialog), from) ?? refuse(400, 'Not a participant of the conversation');
  const event = checkEvent(body.event);
  const publication = { from, role, event, metadata: request.metadata, audience };
  if (dialog.type === 'OTHER') refuse(400, 'The dialog holds no messages');
  const sequence = publish(world, link.account, conversation, dialog, publication);
  if (dialog.type === 'POST_SURVEY') surveyHeard(world, link.account, conversation, dialog, publication);
  return { sequence };
}

/**
 * The changes that both sides may ask for, one field at a time. Returns the text of the answer, or null for a field
 * that is not among them.
 */
export function updateField(
  world: World,
  link: Link,
  conversation: ConversationRecord,
  entry: unknown,
  by: 'CONSUMER' | 'AGENT',
): string | null {
  switch (field(entry, 'field')) {
    case 'DialogChange': {
      const dialog = dialogOf(conversation, stringOf(field(field(entry, 'dialog'), 'dialogId')) ?? '');
      if (!dialog) return refuse(400, 'Unknown dialog');
      if (field(field(entry, 'dialog'), 'state') !== 'CLOSE') return refuse(400, 'A dialog can only be closed');
      const cause = stringOf(field(field(entry, 'dialog'), 'closedCause')) ?? `Closed by ${by.toLowerCase()}`;
      closeWithSurvey(world, link.account, conversation, dialog, { by, cause });
      return 'OK Dialog resolved successfully';
    }
    case 'Stage':
    case 'ConversationStateField':
      if (field(entry, 'conversationState') !== 'CLOSE') return refuse(400, 'A conversation can only be closed');
      closeConversation(world, link.account, conversation, by);
      return 'OK Conversation resolved successfully';
    case 'TTRField': {
      const ttr = { ttrType: stringOf(field(entry, 'ttrType')) ?? '', value: numberOf(field(entry, 'value')) ?? 0 };
      if (!['URGENT', 'NORMAL', 'PRIORITIZED', 'CUSTOM'].includes(ttr.ttrType)) return refuse(400, 'Unknown ttrType');
      change(world, link.account, conversation, { ttr });
      return 'OK TTR updated successfully';
    }
    default:
      return null;
  }
}
