import type { Failure } from '../protocol/failure.ts';
import type { HostedFile, Role } from '../protocol/types.ts';
import { type Table, tableOf } from './table.ts';

export type Body =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'file'; readonly file: HostedFile }
  /** An own file on its way: the attachment of the same id holds the rest. */
  | { readonly type: 'upload'; readonly attachmentId: string }
  | { readonly type: 'unsupported'; readonly what: string };

/** How far an own message has come. Order matters: a later word never gives way to an earlier one. */
export type Delivery =
  | { readonly at: 'sending' }
  | { readonly at: 'failed'; readonly why: Failure }
  /** May have arrived: nothing could be proved either way. */
  | { readonly at: 'unsure' }
  | { readonly at: 'sent' }
  | { readonly at: 'delivered' }
  | { readonly at: 'read' };

export interface Message {
  /** Stable for the row's whole life: the client id of an own message, else dialog and sequence. */
  readonly id: string;
  readonly dialogId: string | null;
  /** Null until the service has numbered it. */
  readonly sequence: number | null;
  /** Epoch ms: the service's time, or ours until it is known. */
  readonly at: number;
  readonly mine: boolean;
  readonly from: { readonly id: string; readonly role: Role | null };
  readonly body: Body;
  /** Null on messages of others. */
  readonly delivery: Delivery | null;
}

const PEOPLE: readonly (Role | null)[] = ['ASSIGNED_AGENT', 'AGENT', 'MANAGER'];

/** Whether a person on the brand's side has said it, who is then said to have joined. */
export function isFromPerson({ mine, from }: Message): boolean {
  return !mine && PEOPLE.includes(from.role);
}

/** All messages of all dialogs. Every function below returns the same object when nothing changed. */
export interface Transcript {
  /** Confirmed by (dialog order, sequence), then outgoing in order of creation. */
  readonly ids: readonly string[];
  readonly byId: Table<Message>;
  /** `dialogId/sequence` → message id. */
  readonly bySequence: Table<string>;
  /** Receipts that came before their message. `dialogId/sequence` → status. */
  readonly early: ReadonlyMap<string, 'ACCEPT' | 'READ'>;
  /** Participant id → id of the first message of whoever is a person and not the consumer. */
  readonly firstWords: ReadonlyMap<string, string>;
  /** Dialogs in the order in which they were first heard of. */
  readonly dialogs: readonly string[];
}

export const EMPTY_TRANSCRIPT: Transcript = {
  ids: [],
  byId: tableOf(),
  bySequence: tableOf(),
  early: new Map(),
  firstWords: new Map(),
  dialogs: [],
};
