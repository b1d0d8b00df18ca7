import type { Role } from '../protocol/types.ts';
import type { Account, ConversationRecord } from './records.ts';

/** Which conversations a subscription is about. */
export interface ConversationFilter {
  readonly convState: readonly string[];
  readonly stage: readonly string[];
  /** Epoch ms. */
  readonly since: number;
  /** Participant ids, or null for everybody's. */
  readonly agents: readonly string[] | null;
}

export interface Subscription {
  readonly id: string;
  readonly filter: ConversationFilter;
  /** Conversations it has told of, so that one leaving the filter is taken back by DELETE. */
  readonly told: Set<string>;
}

/** Who sits at the other end of an open and greeted socket. */
export interface Identity {
  /** Consumer id, or an agent's participant id. */
  readonly id: string;
}

/** One connected socket as requests and notifications see it. */
export interface Link {
  readonly kind: 'consumer' | 'agent';
  readonly account: Account;
  /** Null until the consumer is greeted. */
  who: Identity | null;
  readonly subscriptions: Map<string, Subscription>;
  /** Dialogs whose events are sent as they happen. */
  readonly dialogs: Set<string>;
  /** An agent's subscription to routing tasks, with the conversations that ring. */
  rings: { readonly id: string; readonly told: Set<string> } | null;
  /** An agent's subscription to their own availability. */
  agentStates: string | null;
  /** Sends a notification. */
  notify(type: string, body: unknown): void;
  /** Ends the socket; 1006 cuts it without a word. */
  end(code: number, reason: string): void;
}

/** The id of whoever speaks; requests reach handlers only after the greeting. */
export function personOf(link: Link): string {
  if (!link.who) throw new Error('a request came through before the greeting');
  return link.who.id;
}

/** The role a person speaks with in a conversation, or null for a stranger. */
export function roleIn(conversation: ConversationRecord, id: string): Role | null {
  const active = conversation.participants.find(
    (participant) => participant.id === id && participant.state === 'ACTIVE',
  );
  return active?.role ?? null;
}
