import type { Attachment } from '../model/attachment.ts';
import type { Body } from '../model/message.ts';
import { acknowledged } from '../model/transcript.ts';
import type { Service } from '../net/ports.ts';
import { type Failure, FailureError } from '../protocol/failure.ts';
import type { PublishedEvent } from '../protocol/methods.ts';
import type { HostedFile } from '../protocol/types.ts';
import type { ChatStore } from '../store/store.ts';
import type { Place } from './session.ts';

/** May have been published, and the service does not say. */
export const UNPROVED: Failure = { kind: 'garbled', delivery: 'unknown', message: 'no back-log' };

/** Publishes an own message and settles when the service has numbered it. Rejects with FailureError. */
export async function publish(
  service: Service,
  store: ChatStore,
  id: string,
  { conversationId, dialogId }: Place,
  event: PublishedEvent,
): Promise<void> {
  const answer = service.request(
    'ms.PublishEvent',
    { dialogId, conversationId, event },
    { metadata: [{ type: 'ExternalId', id }] },
  );
  const echo = echoOf(store, id);
  try {
    const sequence = await Promise.race([answer.then((given) => given.sequence), echo.heard]);
    if (sequence === null) throw new FailureError({ kind: 'garbled', delivery: 'unknown', message: 'no sequence' });
    store.setState((state) => ({ transcript: acknowledged(state.transcript, id, dialogId, sequence) }));
  } finally {
    echo.stop();
  }
}

/** The echo numbers a message as well as the answer does, which may be lost. */
function echoOf(store: ChatStore, id: string): { heard: Promise<number>; stop(): void } {
  let stop = () => {};
  const heard = new Promise<number>((resolve) => {
    stop = store.subscribe(({ transcript }) => {
      const sequence = transcript.byId.get(id)?.sequence ?? null;
      if (sequence !== null) resolve(sequence);
    });
  });
  return { heard, stop: () => stop() };
}

/** What needs nothing done before it can be published: words, or a file that has lain in the store since an earlier page. */
export function readyEvent(body: Extract<Body, { type: 'text' | 'file' }>): PublishedEvent {
  if (body.type === 'file') return hosted(body.file);
  return { type: 'ContentEvent', contentType: 'text/plain', message: body.text };
}

/** A file that lies in the store, as it is told to the others. Without a caption its name says what it is. */
export function fileEvent({ caption, name, fileType, preview }: Attachment, relativePath: string): PublishedEvent {
  return hosted({ caption: caption || name, relativePath, fileType, preview });
}

function hosted({ preview, ...file }: HostedFile): PublishedEvent {
  return { type: 'ContentEvent', contentType: 'hosted/file', message: { ...file, ...(preview ? { preview } : {}) } };
}

/** The connection went or said nothing: the message keeps its place and waits for the next one. */
export function isConnection(failure: Failure): boolean {
  return failure.kind === 'offline' || failure.kind === 'dropped' || failure.kind === 'timeout';
}
