import { decodeConversationChange } from './conversation.ts';
import { decodeMessagingEvent } from './event.ts';
import { decodeFrame, type Incoming, unknown } from './frame.ts';
import { arrayOf, field, stringOf, suffixOf } from './read.ts';

/** A whole frame, notifications included. Never throws. */
export const decode = (data: unknown): Incoming => decodeFrame(data, decodeNotification);

/** A notification that passed `decodeFrame`. Elements that cannot be read are left out and counted in `skipped`. */
export function decodeNotification(frame: unknown): Incoming {
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
