import type { MessagingEvent } from '../protocol/types.ts';
import type { Message, Transcript } from './message.ts';
import { bodyOf, heard } from './transcript.ts';
import { draftOf, finish, forget, hearSpeakersAgain, numberOf } from './transcriptDraft.ts';

/**
 * A service that was set back to an older state has lost what it had numbered, and gives the numbers away again
 * (docs/PROTOCOL O7).
 */

/** The highest number of a message in a dialog; null where none is known. */
export function lastNumberIn({ ids, byId }: Transcript, dialogId: string): number | null {
  const last = ids.findLast((id) => byId.get(id)?.dialogId === dialogId);
  return byId.get(last ?? '')?.sequence ?? null;
}

/** Whether these events hold the message of this number, and not another in its place. */
export function isConfirmed(
  transcript: Transcript,
  number: { readonly dialogId: string; readonly sequence: number },
  events: readonly MessagingEvent[],
  me: string | null,
): boolean {
  const { dialogId, sequence } = number;
  const message = transcript.byId.get(transcript.bySequence.get(numberOf(dialogId, sequence)) ?? '');
  const event = events.find((one) => one.dialogId === dialogId && one.sequence === sequence);
  return message !== undefined && event !== undefined && isOf(message, event, me);
}

/** An own message is told by its id. Where the service returns none nothing says that it is another. */
function isOf(message: Message, event: MessagingEvent, me: string | null): boolean {
  const body = bodyOf(event);
  const mine = me !== null && event.from.id === me;
  if (!body || mine !== message.mine) return false;
  const number = numberOf(event.dialogId, event.sequence ?? 0);
  if (mine) return event.clientId === null || event.clientId === message.id || message.id === number;
  if (event.from.id !== message.from.id) return false;
  return message.body.type !== 'text' || body.type !== 'text' || message.body.text === body.text;
}

/**
 * The transcript after all of a dialog has been read, which is `events`: own messages that are not there are not sure to have
 * arrived, those of others go. What stood before the first of the events is left: a service may keep back-logs short.
 */
export function reconciled(
  transcript: Transcript,
  dialogId: string,
  events: readonly MessagingEvent[],
  me: string | null,
): Transcript {
  const stored = new Map<number, MessagingEvent>();
  for (const event of events)
    if (event.dialogId === dialogId && event.sequence !== null) stored.set(event.sequence, event);
  const first = Math.min(...stored.keys());
  const isGone = (message: Message) => {
    const { sequence } = message;
    if (message.dialogId !== dialogId || sequence === null) return false;
    const event = stored.get(sequence);
    return event ? !isOf(message, event, me) : stored.size === 0 || sequence > first;
  };
  return heard(without(transcript, messagesOf(transcript).filter(isGone), dialogId), events, me);
}

/** The transcript after a conversation with these dialogs is lost whole. Who has confirmed a message has had it. */
export function orphaned(transcript: Transcript, dialogIds: readonly string[]): Transcript {
  const isOpenEnded = ({ dialogId, delivery }: Message) =>
    dialogIds.includes(dialogId ?? '') && delivery?.at === 'sent';
  return without(transcript, messagesOf(transcript).filter(isOpenEnded), null);
}

function messagesOf({ ids, byId }: Transcript): Message[] {
  return ids.map((id) => byId.get(id)).filter((message) => message !== undefined);
}

/** `dialogId`: of what was heard early of it nothing is known any more. */
function without(transcript: Transcript, gone: readonly Message[], dialogId: string | null): Transcript {
  if (gone.length === 0) return transcript;
  const draft = draftOf(transcript);
  forget(draft, gone);
  hearSpeakersAgain(draft, transcript.ids);
  for (const number of [...draft.early.keys()])
    if (dialogId !== null && number.startsWith(`${dialogId}/`)) draft.early.delete(number);
  return finish(transcript, draft);
}
