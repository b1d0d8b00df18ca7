import { field, numberOf, objectOf, stringOf } from './read.ts';
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

/** Reads the one kind of frame that a chat without a conversation never gets. */
export type ReadNotification = (frame: unknown) => Incoming;

export function unknown(why: string): Incoming {
  return { kind: 'unknown', why };
}

/** The border: what a socket delivered becomes a known frame or `unknown` with a reason. Never throws. */
export function decodeFrame(data: unknown, readNotification: ReadNotification): Incoming {
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
      return readNotification(frame);
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
