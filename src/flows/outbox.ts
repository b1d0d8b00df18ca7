import { advanced } from '../model/attachment.ts';
import { acknowledged, marked, withdrawn, written } from '../model/transcript.ts';
import { type Failure, FailureError, failureOf } from '../protocol/failure.ts';
import type { PublishedEvent } from '../protocol/methods.ts';
import { type ChatStore, withEntry } from '../store/store.ts';
import { untilOnline } from './online.ts';
import { pause } from './pause.ts';
import type { Ports } from './ports.ts';
import type { Place, Session } from './session.ts';
import type { Uploads } from './uploads.ts';

/** Tries of a publish that the service answers with 429 or 5xx, and the first wait in ms. */
const PUBLISH_TRIES = 3;
const PUBLISH_WAIT = 1_000;

type Entry =
  | { readonly id: string; readonly kind: 'text'; readonly text: string }
  /** `id` is the attachment's, and becomes the message's. */
  | { readonly id: string; readonly kind: 'file' };

/**
 * Own messages leave in the order in which they were written, text and files alike (docs/PROTOCOL O1). One at a time is
 * published; the files behind it are uploaded meanwhile.
 */
export interface Outbox {
  sendText(text: string): void;
  sendFile(attachmentId: string): void;
  /** Sends a failed message again, from the step where it failed. */
  retry(messageId: string): void;
  /** Takes a message back that the service has not numbered; its upload is aborted. */
  cancel(messageId: string): void;
  dispose(): void;
}

export function startOutbox(ports: Ports, store: ChatStore, session: Session, uploads: Uploads): Outbox {
  const { service, clock } = ports;
  const life = new AbortController();
  const queue: Entry[] = [];
  /** Stops the work on the head when it is cancelled. */
  let head: { id: string; stop: AbortController } | null = null;

  function enqueue(entry: Entry): void {
    const body: Parameters<typeof written>[1]['body'] =
      entry.kind === 'text' ? { type: 'text', text: entry.text } : { type: 'upload', attachmentId: entry.id };
    store.setState((state) => ({
      transcript: marked(written(state.transcript, { id: entry.id, at: clock.now(), body }, state.me), entry.id, {
        at: 'sending',
      }),
    }));
    if (entry.kind === 'file') setAttachment(entry.id, { at: 'queued' });
    queue.push(entry);
    service.connect();
    pump();
  }

  function setAttachment(id: string, change: Parameters<typeof advanced>[1]): void {
    store.setState((state) => {
      const attachment = state.attachments.get(id);
      return attachment ? { attachments: withEntry(state.attachments, id, advanced(attachment, change)) } : {};
    });
  }

  function pump(): void {
    for (const entry of queue) if (entry.kind === 'file') uploads.begin(entry.id);
    const entry = queue[0];
    if (!entry || head || life.signal.aborted) return;
    const stop = new AbortController();
    head = { id: entry.id, stop };
    deliver(entry, AbortSignal.any([stop.signal, life.signal]))
      .catch((error: unknown) => giveUp(entry, failureOf(error)))
      .finally(() => {
        if (queue[0] === entry) queue.shift();
        head = null;
        pump();
      });
  }

  /** Ends when the service has numbered the message, however that became known. */
  async function deliver(entry: Entry, signal: AbortSignal): Promise<void> {
    let refusals = 0;
    while (!isNumbered(entry.id)) {
      signal.throwIfAborted();
      try {
        await untilOnline(service, signal);
        const event = entry.kind === 'text' ? textEvent(entry.text) : await fileEvent(entry.id);
        // What the last connection left in doubt is settled by the back-log of this one (docs/PROTOCOL O3).
        await session.synced();
        if (isNumbered(entry.id)) break;
        const place = await session.place();
        signal.throwIfAborted();
        await publish(entry.id, place, event);
      } catch (error) {
        const failure = failureOf(error);
        if (failure.delivery === 'refused' && isBusy(failure) && ++refusals < PUBLISH_TRIES) {
          await pause(clock, PUBLISH_WAIT * 2 ** refusals, signal);
        } else if (!isConnection(failure) || uploads.hasFailed(entry.id)) throw error;
        else if (failure.kind === 'timeout') await session.resync();
      }
    }
    if (entry.kind === 'file') finishFile(entry.id);
  }

  async function publish(id: string, { conversationId, dialogId }: Place, event: PublishedEvent): Promise<void> {
    const { sequence } = await service.request(
      'ms.PublishEvent',
      { dialogId, conversationId, event },
      { metadata: [{ type: 'ExternalId', id }] },
    );
    if (sequence === null) throw new FailureError({ kind: 'garbled', delivery: 'unknown', message: 'no sequence' });
    store.setState((state) => ({ transcript: acknowledged(state.transcript, id, dialogId, sequence) }));
  }

  async function fileEvent(id: string): Promise<PublishedEvent> {
    const path = await uploads.path(id);
    const attachment = store.getState().attachments.get(id);
    if (!attachment) throw new FailureError({ kind: 'aborted', delivery: 'not-sent' });
    setAttachment(id, { at: 'publishing', path });
    const { caption, name, fileType, preview } = attachment;
    return {
      type: 'ContentEvent',
      contentType: 'hosted/file',
      message: { caption: caption || name, relativePath: path, fileType, ...(preview ? { preview } : {}) },
    };
  }

  function finishFile(id: string): void {
    const attachment = store.getState().attachments.get(id);
    if (attachment?.at === 'publishing') setAttachment(id, { at: 'published', path: attachment.path });
    uploads.forget(id);
  }

  function isNumbered(id: string): boolean {
    const message = store.getState().transcript.byId.get(id);
    return message !== undefined && message.sequence !== null;
  }

  function giveUp(entry: Entry, why: Failure): void {
    if (why.kind === 'aborted') return;
    const at = why.delivery === 'unknown' && entry.kind === 'text' ? 'unsure' : 'failed';
    store.setState((state) => ({
      transcript: marked(state.transcript, entry.id, at === 'unsure' ? { at } : { at, why }),
    }));
    if (entry.kind !== 'file') return;
    const attachment = store.getState().attachments.get(entry.id);
    if (attachment?.at === 'publishing') {
      setAttachment(entry.id, { at: 'failed', why, resume: 'publishing', path: attachment.path });
    }
  }

  function textEvent(message: string): PublishedEvent {
    return { type: 'ContentEvent', contentType: 'text/plain', message };
  }

  return {
    sendText: (text) => enqueue({ id: clock.uuid(), kind: 'text', text }),
    sendFile: (id) => enqueue({ id, kind: 'file' }),
    retry(messageId) {
      const message = store.getState().transcript.byId.get(messageId);
      if (!message?.mine || message.sequence !== null || queue.some((entry) => entry.id === messageId)) return;
      if (message.body.type === 'text') enqueue({ id: messageId, kind: 'text', text: message.body.text });
      if (message.body.type === 'upload') enqueue({ id: messageId, kind: 'file' });
    },
    cancel(messageId) {
      const at = queue.findIndex((entry) => entry.id === messageId);
      if (head?.id === messageId) head.stop.abort();
      else if (at > 0) queue.splice(at, 1);
      uploads.abort(messageId);
      setAttachment(messageId, { at: 'cancelled' });
      store.setState((state) => ({ transcript: withdrawn(state.transcript, messageId) }));
    },
    dispose: () => life.abort(),
  };
}

/** The service is busy and may take the same publish later (PROTOCOL §13). */
function isBusy(failure: Failure): boolean {
  return failure.kind === 'refused' && (failure.code === 429 || failure.code >= 500);
}

/** The connection went or said nothing: the message keeps its place and waits for the next one. */
function isConnection(failure: Failure): boolean {
  return failure.kind === 'offline' || failure.kind === 'dropped' || failure.kind === 'timeout';
}
