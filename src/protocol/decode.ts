import { decodeConversationChange } from './conversation.ts';
import { decodeMessagingEvent } from './event.ts';
import { arrayOf, field, numberOf, objectOf, stringOf, suffixOf } from './read.ts';
import type { ConversationChange, MessagingEvent } from './types.ts';

/** Frames longer than this are not parsed (characters). */
export const MAX_FRAME = 1_048_576;

export type Incoming =
  | { readonly kind: 'response'; readonly reqId: string; readonly code: number; readonly body: unknown }
  /** `dialogId`: the dialog named by the notification itself, which an empty back-log is known by. */
  | {
      readonly kind: 'messages';
      readonly dialogId: string | null;
      readonly events: readonly MessagingEvent[];
      readonly skipped: number;
    }
  | { readonly kind: 'conversations'; readonly changes: readonly ConversationChange[]; readonly skipped: number }
  | { readonly kind: 'unknown'; readonly why: string };

function unknown(why: string): Incoming {
  return { kind: 'unknown', why };
}

/**
 * The border: what a socket delivered becomes a known frame or `unknown` with a reason. Never throws.
 * Elements of a notification that cannot be read are left out and counted in `skipped`.
 */
export function decode(data: unknown): Incoming {
  if (typeof data !== 'string') return unknown('not text');
  if (data.length > MAX_FRAME) return unknown('too long');
  let frame: unknown;
  try {
    frame = JSON.parse(data);
  } catch {
    return unknown('not JSON');
  }
  if (!objectOf(frame)) return unknown('not an object');
  switch (field(frame, 'kind')) {
    case 'resp':
      return decodeResponse(frame);
    case 'notification':
      return decodeNotification(frame);
    default:
      return unknown(`kind ${String(stringOf(field(frame, 'kind')))}`.slice(0, 80));
  }
}

function decodeResponse(frame: unknown): Incoming {
  const reqId = stringOf(field(frame, 'reqId'));
  const code = numberOf(field(frame, 'code'));
  if (reqId === null || code === null) return unknown('response without reqId or code');
  return { kind: 'response', reqId, code, body: field(frame, 'body') };
}

function decodeNotification(frame: unknown): Incoming {
  const body = field(frame, 'body');
  const type = suffixOf(field(frame, 'type'));
  const changes = arrayOf(field(body, 'changes'));
  if (type === 'MessagingEventNotification' || type === 'OnlineEventDistribution') {
    const dialogId = stringOf(field(body, 'dialogId'));
    const events = changes.map((change) => decodeMessagingEvent(change, dialogId)).filter((event) => event !== null);
    return { kind: 'messages', dialogId, events, skipped: changes.length - events.length };
  }
  if (type === 'ExConversationChangeNotification') {
    const known = changes.map(decodeConversationChange).filter((change) => change !== null);
    return { kind: 'conversations', changes: known, skipped: changes.length - known.length };
  }
  return unknown(`notification ${type}`.slice(0, 80));
}
