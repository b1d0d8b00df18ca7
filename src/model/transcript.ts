import type { MessagingEvent, ReceiptStatus } from '../protocol/types.ts';
import type { Body, Delivery, Message, Transcript } from './message.ts';
import { type Draft, draftOf, finish, numberOf, put, remove } from './transcriptDraft.ts';

const RANK: Record<Delivery['at'], number> = { sending: 0, failed: 1, unsure: 1, sent: 2, delivered: 3, read: 4 };

function further(now: Delivery | null, next: Delivery): Delivery {
  return now && RANK[now.at] >= RANK[next.at] ? now : next;
}

/** The delivery that a waiting receipt grants to a message that has just been numbered. */
function withEarly(draft: Draft, dialogId: string, sequence: number): Delivery {
  const status = draft.early.get(numberOf(dialogId, sequence));
  draft.early.delete(numberOf(dialogId, sequence));
  return status === 'READ' ? { at: 'read' } : status === 'ACCEPT' ? { at: 'delivered' } : { at: 'sent' };
}

/** The own pending message that an echo belongs to: by client id, else the oldest one that says the same. */
function ownPending(draft: Draft, event: MessagingEvent, body: Body): Message | undefined {
  const named = event.clientId === null ? undefined : draft.byId.get(event.clientId);
  if (named?.mine && named.sequence === null) return named;
  if (event.clientId !== null) return undefined;
  return draft.outgoing
    .map((id) => draft.byId.get(id))
    .find((m) => m?.sequence === null && m.body.type === 'text' && body.type === 'text' && m.body.text === body.text);
}

/** What a message shows; null for what is none. */
export function bodyOf(event: MessagingEvent): Body | null {
  switch (event.content.type) {
    case 'text':
    case 'file':
    case 'unsupported':
      return event.content;
    case 'typing':
    case 'receipt':
      return null;
  }
}

function hearMessage(draft: Draft, event: MessagingEvent, sequence: number, body: Body, me: string | null): void {
  if (draft.bySequence.has(numberOf(event.dialogId, sequence))) return;
  const mine = me !== null && event.from.id === me;
  const pending = mine ? ownPending(draft, event, body) : undefined;
  const at = event.at ?? pending?.at ?? 0;
  const known = pending ?? null;
  put(draft, {
    id:
      known?.id ??
      (mine && event.clientId !== null && !draft.byId.has(event.clientId)
        ? event.clientId
        : numberOf(event.dialogId, sequence)),
    dialogId: event.dialogId,
    sequence,
    at,
    mine,
    from: event.from,
    body: known?.body.type === 'upload' ? known.body : body,
    delivery: mine ? further(known?.delivery ?? null, withEarly(draft, event.dialogId, sequence)) : null,
  });
}

function hearReceipt(
  draft: Draft,
  event: MessagingEvent,
  status: ReceiptStatus,
  sequences: readonly number[],
  me: string | null,
): void {
  if ((status !== 'ACCEPT' && status !== 'READ') || event.from.id === me) return;
  const next: Delivery = { at: status === 'READ' ? 'read' : 'delivered' };
  for (const sequence of sequences) {
    const at = numberOf(event.dialogId, sequence);
    const message = draft.byId.get(draft.bySequence.get(at) ?? '');
    if (!message) {
      if (draft.early.get(at) === 'READ' || draft.early.get(at) === status) continue;
      draft.early.set(at, status);
      draft.changed = true;
    } else if (message.mine) {
      const delivery = further(message.delivery, next);
      if (delivery !== message.delivery) put(draft, { ...message, delivery });
    }
  }
}

/**
 * Merges what the service said. Idempotent and order-free: any permutation, repetition and splitting of the same events
 * gives the same transcript (docs/PROTOCOL rule T1).
 */
export function heard(transcript: Transcript, events: readonly MessagingEvent[], me: string | null): Transcript {
  const draft = draftOf(transcript);
  for (const event of events) {
    if (event.content.type === 'receipt') hearReceipt(draft, event, event.content.status, event.content.sequences, me);
    const body = bodyOf(event);
    if (body && event.sequence !== null) hearMessage(draft, event, event.sequence, body, me);
  }
  return finish(transcript, draft);
}

/** An own message takes its place before anything of it has left. */
export function written(
  transcript: Transcript,
  message: { id: string; at: number; body: Body },
  me: string | null,
): Transcript {
  if (transcript.byId.has(message.id)) return transcript;
  const draft = draftOf(transcript);
  put(draft, {
    ...message,
    dialogId: null,
    sequence: null,
    mine: true,
    from: { id: me ?? '', role: 'CONSUMER' },
    delivery: { at: 'sending' },
  });
  return finish(transcript, draft);
}

/** The service numbered an own message. Before or after the echo: the result is the same. */
export function acknowledged(transcript: Transcript, id: string, dialogId: string, sequence: number): Transcript {
  const message = transcript.byId.get(id);
  if (!message || message.sequence !== null) return transcript;
  const draft = draftOf(transcript);
  const number = numberOf(dialogId, sequence);
  // Only what was heard without a client id can be an echo of ours; another message of that number stays what it is.
  if (draft.bySequence.get(number) === number && draft.byId.get(number)?.mine)
    return withoutEcho(transcript, draft, message, number);
  put(draft, {
    ...message,
    dialogId,
    sequence,
    delivery: further(message.delivery, withEarly(draft, dialogId, sequence)),
  });
  return finish(transcript, draft);
}

/** The echo came first and could not be told for ours (no client id, another wording): the two become one row. */
function withoutEcho(transcript: Transcript, draft: Draft, message: Message, echoId: string): Transcript {
  const echo = draft.byId.get(echoId);
  remove(draft, echoId);
  put(draft, {
    ...message,
    dialogId: echo?.dialogId ?? null,
    sequence: echo?.sequence ?? null,
    at: echo?.at ?? message.at,
    delivery: further(message.delivery, echo?.delivery ?? { at: 'sent' }),
  });
  return finish(transcript, draft);
}

/** Sending did not end well, or starts again (`sending`). A numbered message is past all this. */
export function marked(transcript: Transcript, id: string, delivery: Delivery): Transcript {
  const message = transcript.byId.get(id);
  if (!message || message.sequence !== null || message.delivery === null) return transcript;
  const draft = draftOf(transcript);
  put(draft, { ...message, delivery });
  return finish(transcript, draft);
}

/** Takes back a message that the service never numbered (cancelled upload, discarded draft). */
export function withdrawn(transcript: Transcript, id: string): Transcript {
  const message = transcript.byId.get(id);
  if (!message || message.sequence !== null) return transcript;
  const draft = draftOf(transcript);
  remove(draft, id);
  return finish(transcript, draft);
}

/** Dialogs of an earlier conversation, about to be read: whatever they hold stands before everything known. */
export function placedFirst(transcript: Transcript, dialogIds: readonly string[]): Transcript {
  return placedBefore(transcript, dialogIds, transcript.dialogs);
}

/** Dialogs about to be read, of which nothing is known: whatever they hold stands before that of the later ones. */
export function placedBefore(
  transcript: Transcript,
  dialogIds: readonly string[],
  later: readonly string[],
): Transcript {
  const fresh = dialogIds.filter((id) => !transcript.dialogs.includes(id));
  if (fresh.length === 0) return transcript;
  const { dialogs } = transcript;
  const first = dialogs.findIndex((id) => later.includes(id));
  const at = first < 0 ? dialogs.length : first;
  return { ...transcript, dialogs: [...dialogs.slice(0, at), ...fresh, ...dialogs.slice(at)] };
}
