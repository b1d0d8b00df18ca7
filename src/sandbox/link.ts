import type { Role } from '../protocol/types.ts';
import type { Faults } from './faults.ts';
import type { Account, ParticipantRecord } from './records.ts';

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
  /** Takes back the timer until the next ended conversation leaves. */
  stopWatch?: () => void;
}

/** Who sits at the other end of an open and greeted socket. */
export interface Identity {
  /** Consumer id, or an agent's participant id. */
  readonly id: string;
  /** A consumer's token, and whether a brand vouches for it. */
  readonly token?: { readonly jwt: string; readonly authenticated: boolean };
}

/** One connected socket as requests and notifications see it. */
export interface Link {
  readonly kind: 'consumer' | 'agent';
  readonly account: Account;
  /** Belongs to the sandbox's own process and survives its restarts. */
  readonly resident: boolean;
  /** Frames that have passed since the opening. */
  readonly frames: { received: number; sent: number };
  /** What goes wrong on this socket only; see `faultsChanged`. */
  readonly faults: Partial<Faults>;
  /** Must be called after a change of `faults`: silence begins at once. */
  faultsChanged(): void;
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
  /** Runs `wake` after `ms`, unless the socket has ended; the returned function takes it back. */
  after(ms: number, wake: () => void): () => void;
  /** Ends the socket; 1006 cuts it without a word. The other side of a silent one hears of it only if it is `loud`. */
  end(code: number, reason: string, loud?: boolean): void;
}

/** The id of whoever speaks; requests reach handlers only after the greeting. */
export function personOf(link: Link): string {
  if (!link.who) throw new Error('a request came through before the greeting');
  return link.who.id;
}

/** The role a person speaks with, or null for a stranger. */
export function roleIn(participants: readonly ParticipantRecord[], id: string): Role | null {
  const active = participants.find((participant) => participant.id === id && participant.state === 'ACTIVE');
  return active?.role ?? null;
}
