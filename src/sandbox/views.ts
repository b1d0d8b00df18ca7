import type { Json } from '../protocol/read.ts';
import type { Link } from './link.ts';
import {
  type Account,
  type ConversationRecord,
  type DialogRecord,
  isOpen,
  participantsOf,
  type StoredEvent,
  userOf,
} from './records.ts';
import type { Variants } from './variants.ts';

/** Records as they go over the wire: to consumers in v3 spelling, to agents in the `.ams.` dialect. */

/** Something said in a dialog. Typing is not stored and has neither sequence nor time (PROTOCOL §6.2). */
export type Said =
  | StoredEvent
  | (Omit<StoredEvent, 'sequence' | 'at'> & { readonly sequence?: never; readonly at?: never });

/** Private notes are for the brand's side; a careless service sends them to consumers even so. */
export function mayRead(link: Link, { audience }: Said, variants: Variants): boolean {
  return link.kind === 'agent' || audience === 'ALL' || variants.privateNotes === 'sent';
}

/** `{account}.{userId}` for people of the brand; consumers have the one id in both dialects. */
export function oldIdOf(account: Account, id: string): string {
  const user = userOf(account, id);
  return user ? `${account.id}.${user.userId}` : id;
}

function byRole(conversation: ConversationRecord, idOf: (id: string) => string): Record<string, string[]> {
  const roles: Record<string, string[]> = {};
  for (const participant of conversation.participants) {
    if (participant.state !== 'ACTIVE') continue;
    roles[participant.role] = [...(roles[participant.role] ?? []), idOf(participant.id)];
  }
  return roles;
}

/** Co-browsing names its participants by bare ids, people of the brand by the old one (PROTOCOL §11). */
function peopleView(
  account: Account,
  conversation: ConversationRecord,
  dialog: DialogRecord,
  idOf: (id: string) => string,
): Json {
  const people = participantsOf(conversation, dialog);
  return dialog.type === 'OTHER'
    ? { participants: people.map(({ id }) => oldIdOf(account, id)) }
    : { participantsDetails: people.map(({ id, role, state }) => ({ id: idOf(id), role, state })) };
}

function dialogView(
  account: Account,
  conversation: ConversationRecord,
  dialog: DialogRecord,
  idOf: (id: string) => string,
): Json {
  return {
    dialogId: dialog.id,
    dialogType: dialog.type,
    channelType: dialog.type === 'OTHER' ? 'COBROWSE' : 'MESSAGING',
    state: dialog.endedAt === null ? 'OPEN' : 'CLOSE',
    creationTs: dialog.createdAt,
    metaDataLastUpdateTs: conversation.updatedAt,
    ...(dialog.endedAt === null ? {} : { endTs: dialog.endedAt }),
    ...(dialog.closedBy === null ? {} : { closedBy: dialog.closedBy, closedCause: dialog.closedCause ?? '' }),
    ...(dialog.metaData ? { metaData: dialog.metaData } : {}),
    ...peopleView(account, conversation, dialog, idOf),
  };
}

/** `state` is the main dialog's, `stage` the conversation's (PROTOCOL §4.2). */
export function statesOf(conversation: ConversationRecord): { state: string; stage: string } {
  const main = conversation.dialogs.find(({ type }) => type === 'MAIN');
  return {
    state: main && main.endedAt === null ? 'OPEN' : 'CLOSE',
    stage: isOpen(conversation) ? 'OPEN' : 'CLOSE',
  };
}

function detailsOf(link: Link, conversation: ConversationRecord): Json {
  const { state, stage } = statesOf(conversation);
  return {
    skillId: conversation.skillId,
    brandId: link.account.id,
    state,
    stage,
    startTs: conversation.startedAt,
    ...(conversation.endedAt === null ? {} : { endTs: conversation.endedAt }),
    ...(conversation.closeReason === null ? {} : { closeReason: conversation.closeReason }),
    metaDataLastUpdateTs: conversation.updatedAt,
    ttr: conversation.ttr,
    ...(conversation.csat ? { csat: conversation.csat } : {}),
    context: conversation.context,
    campaignInfo: conversation.campaignInfo,
  };
}

/** The `result` of a conversation change. */
export function conversationView(link: Link, conversation: ConversationRecord, variants: Variants): Json {
  const agent = link.kind === 'agent';
  const idOf = agent ? (id: string) => oldIdOf(link.account, id) : (id: string) => id;
  const details = detailsOf(link, conversation);
  if (!agent && variants.stage === 'absent') delete details.stage;
  const last = lastContent(link, conversation, variants);
  const people = agent
    ? { participants: byRole(conversation, idOf), participantsPId: byRole(conversation, (id) => id) }
    : variants.participants === 'participants'
      ? {
          participants: conversation.participants
            .filter((participant) => participant.state === 'ACTIVE')
            .map(({ id, role }) => ({ id, role })),
        }
      : { participantsPId: byRole(conversation, idOf) };
  return {
    convId: conversation.id,
    effectiveTTR: -1,
    conversationDetails: {
      ...(agent ? { convId: conversation.id } : {}),
      ...details,
      ...people,
      dialogs: conversation.dialogs.map((dialog) => dialogView(link.account, conversation, dialog, idOf)),
    },
    ...(agent ? { lastUpdateTime: conversation.updatedAt } : {}),
    ...(last ? { lastContentEventNotification: last } : {}),
  };
}

function lastContent(link: Link, conversation: ConversationRecord, variants: Variants): Json | null {
  for (const dialog of conversation.dialogs.toReversed()) {
    const last = dialog.events.findLast(
      (event) => event.event.type !== 'AcceptStatusEvent' && mayRead(link, event, variants),
    );
    if (last) return eventView(link, conversation, dialog.id, last, variants);
  }
  return null;
}

function spelled(event: Json, variants: Variants): Json {
  if (variants.fileContentType === 'HostedFile' && event.contentType === 'hosted/file') {
    return { ...event, contentType: 'HostedFile' };
  }
  if (variants.richContent === 'message' && event.type === 'RichContentEvent' && 'content' in event) {
    const { content, ...rest } = event;
    return { ...rest, message: content };
  }
  return event;
}

/** One message change. */
export function eventView(
  link: Link,
  conversation: ConversationRecord,
  dialogId: string,
  said: Said,
  variants: Variants,
): Json {
  const agent = link.kind === 'agent';
  const ids = agent
    ? { originatorId: oldIdOf(link.account, said.from), originatorPId: said.from }
    : { [variants.originator]: said.from };
  const stored = said.sequence === undefined ? {} : { sequence: said.sequence, serverTimestamp: said.at };
  const metadata =
    said.metadata.length > 0
      ? { metadata: said.metadata }
      : !agent && variants.noMetadata === 'null'
        ? { metadata: null }
        : {};
  return {
    ...stored,
    ...ids,
    originatorMetadata: { id: said.from, role: said.role, clientProperties: { type: '.ClientProperties' } },
    event: agent ? said.event : spelled(said.event, variants),
    ...(agent || variants.conversationId === 'present' ? { conversationId: conversation.id } : {}),
    dialogId,
    messageAudience: said.audience,
    ...metadata,
  };
}
