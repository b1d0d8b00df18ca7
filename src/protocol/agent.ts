import { decodeConversationChange } from './conversation.ts';
import { decodeMessagingEvent } from './event.ts';
import { FailureError, refused } from './failure.ts';
import type { PublishedEvent } from './methods.ts';
import { arrayOf, field, numberOf, objectOf, stringOf, suffixOf } from './read.ts';
import { decodeReply } from './reply.ts';
import type { ConversationChange, MessagingEvent, Metadata, SignedPath } from './types.ts';

/**
 * The agent's dialect of the same envelope (PROTOCOL §12), as the npm package `node-agent-sdk` speaks it: type names
 * begin with `.ams.`, people are named twice (`originatorId` is `{account}.{userId}`, `originatorPId` the participant
 * id that consumers see), messages are asked for by `QueryMessages` and then arrive one by one as `OnlineEventDistribution`.
 */
export const agentPaths = {
  login: (account: string) => `/api/account/${encodeURIComponent(account)}/login?v=1.3`,
  refresh: (account: string) => `/api/account/${encodeURIComponent(account)}/refresh?v=1.3`,
  socket: (account: string, bearer: string) =>
    `/ws_api/account/${encodeURIComponent(account)}/messaging/brand/${encodeURIComponent(bearer)}?v=2.1`,
};

/** Who may read a message: everybody, or only the brand's side (a private note). */
export type MessageAudience = 'ALL' | 'AGENTS_AND_MANAGERS';

export type AgentRole = 'ASSIGNED_AGENT' | 'MANAGER' | 'READER' | 'AGENT';

/** One change to a conversation; several may go in one request. */
export type AgentConversationField =
  /** `userId` is `{account}.{userId}` (or a participant id); without it the sender is meant. */
  | { field: 'ParticipantsChange'; type: 'ADD' | 'REMOVE' | 'UPDATE' | 'SUGGEST'; role: AgentRole; userId?: string }
  /** Ends the conversation and every dialog of it. */
  | { field: 'ConversationStateField'; conversationState: 'CLOSE' }
  /** Ends one dialog. */
  | { field: 'DialogChange'; type: 'UPDATE'; dialog: { dialogId: string; state: 'CLOSE'; closedCause?: string } }
  | { field: 'Skill'; type: 'UPDATE'; skill: string }
  | { field: 'TTRField'; ttrType: 'URGENT' | 'NORMAL' | 'PRIORITIZED' | 'CUSTOM'; value: number };

/** A message as an agent sees it: private notes included. */
export interface AgentEvent extends MessagingEvent {
  readonly audience: MessageAudience;
}

/** Every request an agent may send and what comes back, decoded. */
export interface AgentMethods {
  '.GetClock': { in: Record<string, never>; out: { at: number | null } };
  /** `agentIds` narrows the stream to conversations these take part in. */
  '.ams.aam.SubscribeExConversations': {
    in: { convState: ('OPEN' | 'CLOSE')[]; stage?: ('OPEN' | 'CLOSE')[]; agentIds?: string[] };
    out: { subscriptionId: string | null };
  };
  '.ams.aam.UnsubscribeExConversations': { in: { subscriptionId: string }; out: null };
  /** Stored events above `newerThanSequence` (0 is all); from then on the dialog's events arrive as they happen. */
  '.ams.ms.QueryMessages': { in: { dialogId: string; newerThanSequence: number }; out: readonly AgentEvent[] };
  /** `out.sequence` is null for typing. */
  '.ams.ms.PublishEvent': {
    in: { dialogId: string; conversationId?: string; event: PublishedEvent; messageAudience?: MessageAudience };
    out: { sequence: number | null };
  };
  '.ams.cm.UpdateConversationField': {
    in: { conversationId: string; conversationField: AgentConversationField[] };
    out: null;
  };
  /** A conversation that the agent begins with a consumer they know. */
  '.ams.cm.AgentRequestConversation': {
    in: { channelType: 'MESSAGING'; consumerId: string };
    out: { conversationId: string };
  };
  '.ams.ms.GenerateURLForUploadFile': { in: { fileSize: number; fileType: string }; out: SignedPath };
  '.ams.ms.GenerateURLForDownloadFile': { in: { relativePath: string }; out: SignedPath };
}

export type AgentMethod = keyof AgentMethods;

/** One request frame. */
export function encodeAgentRequest<M extends AgentMethod>(
  id: string,
  type: M,
  body: AgentMethods[M]['in'],
  metadata?: Metadata[],
): string {
  return JSON.stringify({ kind: 'req', id, type, body, ...(metadata ? { metadata } : {}) });
}

export type AgentIncoming =
  | { readonly kind: 'response'; readonly reqId: string; readonly code: number; readonly body: unknown }
  | { readonly kind: 'messages'; readonly events: readonly AgentEvent[] }
  | { readonly kind: 'conversations'; readonly changes: readonly ConversationChange[] }
  | { readonly kind: 'unknown'; readonly why: string };

/** Characters. Answers to QueryMessages carry a whole dialog, previews included. */
const MAX_AGENT_FRAME = 67_108_864;

/** What an agent's socket delivered, as known frame or `unknown` with a reason. Never throws. */
export function decodeAgent(data: unknown): AgentIncoming {
  if (typeof data !== 'string') return { kind: 'unknown', why: 'not text' };
  if (data.length > MAX_AGENT_FRAME) return { kind: 'unknown', why: 'too long' };
  let frame: unknown;
  try {
    frame = JSON.parse(data);
  } catch {
    return { kind: 'unknown', why: 'not JSON' };
  }
  const body = field(frame, 'body');
  if (field(frame, 'kind') === 'resp') {
    const reqId = stringOf(field(frame, 'reqId'));
    const code = numberOf(field(frame, 'code'));
    return reqId === null || code === null
      ? { kind: 'unknown', why: 'response without reqId or code' }
      : { kind: 'response', reqId, code, body };
  }
  switch (suffixOf(field(frame, 'type'))) {
    case 'OnlineEventDistribution':
    case 'MessagingEventNotification':
      // The body is the change itself; newer services wrap it in `changes`.
      return { kind: 'messages', events: decodeEvents(field(body, 'changes') ?? body) };
    case 'ExConversationChangeNotification': {
      const changes = arrayOf(field(body, 'changes')).map(decodeConversationChange);
      return { kind: 'conversations', changes: changes.filter((change) => change !== null) };
    }
    default:
      return { kind: 'unknown', why: `notification ${suffixOf(field(frame, 'type'))}`.slice(0, 80) };
  }
}

function decodeEvents(changes: unknown): AgentEvent[] {
  return arrayOf(changes)
    .map(decodeAgentEvent)
    .filter((event) => event !== null);
}

function decodeAgentEvent(change: unknown): AgentEvent | null {
  const object = objectOf(change);
  if (!object) return null;
  const { messageAudience, ...rest } = object;
  const participant = stringOf(field(change, 'originatorPId')) ?? stringOf(field(change, 'originatorId'));
  const event = decodeMessagingEvent({ ...rest, originatorId: participant }, null);
  // Anything but ALL is kept from consumers, so an unknown audience counts as a private one.
  const open = messageAudience === undefined || messageAudience === null || messageAudience === 'ALL';
  return event && { ...event, audience: open ? 'ALL' : 'AGENTS_AND_MANAGERS' };
}

const REPLIES: { [M in AgentMethod]: (body: unknown) => AgentMethods[M]['out'] } = {
  '.GetClock': (body) => decodeReply('GetClock', 200, body),
  '.ams.aam.SubscribeExConversations': (body) => decodeReply('cqm.SubscribeExConversations', 200, body),
  '.ams.aam.UnsubscribeExConversations': () => null,
  '.ams.ms.QueryMessages': decodeEvents,
  '.ams.ms.PublishEvent': (body) => decodeReply('ms.PublishEvent', 200, body),
  '.ams.cm.UpdateConversationField': () => null,
  '.ams.cm.AgentRequestConversation': (body) => decodeReply('cm.ConsumerRequestConversation', 200, body),
  '.ams.ms.GenerateURLForUploadFile': (body) => decodeReply('ms.GenerateURLForUploadFile', 200, body),
  '.ams.ms.GenerateURLForDownloadFile': (body) => decodeReply('ms.GenerateURLForDownloadFile', 200, body),
};

/** The decoded body of a response; throws `FailureError` (refused, or garbled) as `decodeReply` does for consumers. */
export function decodeAgentReply<M extends AgentMethod>(
  method: M,
  code: number,
  body: unknown,
): AgentMethods[M]['out'] {
  if (code >= 400 || code < 200) throw new FailureError(refused(code, (stringOf(body) ?? '').slice(0, 200)));
  return REPLIES[method](body);
}

/** A signed-in agent. `userId` and `account` make the old id, `userPid` is the id that messages carry. */
export interface AgentSession {
  readonly bearer: string;
  readonly userId: string;
  readonly userPid: string;
}

/** The answer to `POST {agentPaths.login} {username, password}`, or null where it is none (a refusal has `error`). */
export function decodeAgentSession(body: unknown): AgentSession | null {
  const bearer = stringOf(field(body, 'bearer'));
  const userId = stringOf(field(field(body, 'config'), 'userId'));
  const userPid = stringOf(field(field(body, 'config'), 'userPid'));
  return bearer && userId && userPid ? { bearer, userId, userPid } : null;
}
