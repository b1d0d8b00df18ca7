import { type Failure, failureOf } from '../../protocol/failure.ts';
import type { PublishedEvent } from '../../protocol/methods.ts';
import type { AgentLink } from './agentLink.ts';
import { changes, type DeskStore } from './agentStore.ts';
import { checkedType, put } from './files.ts';
import { previewOf } from './preview.ts';
import { openDialog } from './selectors.ts';
import type { Outgoing } from './threads.ts';

export interface Outbox {
  text(conversationId: string, text: string): void;
  file(conversationId: string, file: File): void;
  /** Sends a failed message again, from the step that failed: a file that lies in the store is not uploaded twice. */
  retry(conversationId: string, messageId: string): void;
  discard(conversationId: string, messageId: string): void;
}

/** What a message will be published as, worked out as late as possible and kept once it is known. */
type Prepare = () => Promise<PublishedEvent>;

/** Sends an agent's messages in the order in which they were written. `swift`: origin of the object store, once known. */
export function startOutbox(link: () => AgentLink, store: DeskStore, swift: () => string | null): Outbox {
  const prepared = new Map<string, Prepare>();
  let queue: Promise<void> = Promise.resolve();

  function write(conversationId: string, kind: Outgoing['kind'], label: string, prepare: Prepare): void {
    const id = crypto.randomUUID();
    prepared.set(id, prepare);
    changes.outgoing(store, conversationId, { id, at: Date.now(), label, kind, state: 'sending', why: null });
    enqueue(conversationId, id);
  }

  function enqueue(conversationId: string, id: string): void {
    queue = queue.then(() => send(conversationId, id));
  }

  function outgoing(conversationId: string, id: string): Outgoing | undefined {
    return store
      .getState()
      .threads.get(conversationId)
      ?.outgoing.find((one) => one.id === id);
  }

  async function send(conversationId: string, id: string): Promise<void> {
    const prepare = prepared.get(id);
    if (!prepare) return;
    try {
      const event = await prepare();
      prepared.set(id, () => Promise.resolve(event));
      const thread = store.getState().threads.get(conversationId);
      const dialogId = thread ? openDialog(thread) : null;
      if (dialogId === null) {
        failed(conversationId, id, 'The conversation has ended.');
        return;
      }
      const body = { dialogId, conversationId, event };
      const { sequence } = await link().request('.ams.ms.PublishEvent', body, [{ type: 'ExternalId', id }]);
      if (sequence !== null) published(conversationId, dialogId, id, sequence, event);
    } catch (error) {
      failed(conversationId, id, sentence(failureOf(error)));
    }
  }

  /** The answer may come before the echo, or without one: it says enough to show the message. */
  function published(
    conversationId: string,
    dialogId: string,
    id: string,
    sequence: number,
    event: PublishedEvent,
  ): void {
    prepared.delete(id);
    if (event.type !== 'ContentEvent') return;
    const from = { id: store.getState().me[0] ?? '', role: 'ASSIGNED_AGENT' };
    const content =
      event.contentType === 'text/plain'
        ? { type: 'text' as const, text: event.message }
        : { type: 'file' as const, file: { ...event.message, preview: event.message.preview ?? null } };
    changes.messages(store, [{ dialogId, conversationId, sequence, at: Date.now(), from, clientId: id, content }]);
  }

  function failed(conversationId: string, id: string, why: string): void {
    const message = outgoing(conversationId, id);
    if (message) changes.outgoing(store, conversationId, { ...message, state: 'failed', why });
  }

  async function upload(file: File): Promise<PublishedEvent> {
    const type = checkedType(file);
    const origin = swift();
    if (typeof type === 'string' || origin === null) throw new TypeError('a file is sent only after it was checked');
    const preview = type.kind === 'image' ? await previewOf(file) : null;
    const to = await link().request('.ams.ms.GenerateURLForUploadFile', { fileSize: file.size, fileType: type.wire });
    await put(origin, to, file);
    return {
      type: 'ContentEvent',
      contentType: 'hosted/file',
      message: {
        caption: file.name,
        relativePath: to.relativePath,
        fileType: type.wire,
        ...(preview === null ? {} : { preview }),
      },
    };
  }

  return {
    text: (conversationId, text) =>
      write(conversationId, 'text', text, () =>
        Promise.resolve({ type: 'ContentEvent', contentType: 'text/plain', message: text }),
      ),
    file: (conversationId, file) => {
      const type = checkedType(file);
      if (typeof type === 'string') store.setState({ notice: type });
      else write(conversationId, 'file', file.name, () => upload(file));
    },
    retry: (conversationId, id) => {
      const message = outgoing(conversationId, id);
      if (message?.state !== 'failed') return;
      changes.outgoing(store, conversationId, { ...message, state: 'sending', why: null });
      enqueue(conversationId, id);
    },
    discard: (conversationId, id) => {
      prepared.delete(id);
      changes.withdrawn(store, conversationId, id);
    },
  };
}

/** A failure in the words of the page. */
export function sentence(why: Failure): string {
  switch (why.kind) {
    case 'offline':
      return 'Not sent: there is no connection.';
    case 'aborted':
      return 'Not sent.';
    case 'blocked':
      return 'This page may not send to the file store.';
    case 'changed':
      return 'The file has changed since it was picked.';
    case 'dropped':
    case 'unreachable':
    case 'timeout':
      return 'No answer came. It may not have arrived.';
    case 'refused':
      return why.message ? `Not accepted: ${why.message}` : 'The service did not accept it.';
    case 'garbled':
      return 'The answer could not be read.';
  }
}
