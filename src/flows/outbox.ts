import type { Attachment } from '../model/attachment.ts';
import { activeDialog } from '../model/conversation.ts';
import type { Body } from '../model/message.ts';
import { marked, withdrawn, written } from '../model/transcript.ts';
import type { Shelved } from '../net/ports.ts';
import { ABORTED, type Failure, FailureError, failureOf } from '../protocol/failure.ts';
import type { PublishedEvent } from '../protocol/methods.ts';
import { type ChatStore, withEntry } from '../store/store.ts';
import { untilOnline } from './online.ts';
import type { Ports } from './ports.ts';
import { fileEvent, isConnection, publish, readyEvent, UNPROVED } from './publish.ts';
import type { Place, Session } from './session.ts';
import { attachmentFrom, shelvedFile } from './shelved.ts';
import { becomeTab } from './tab.ts';
import type { Uploads } from './uploads.ts';

interface Entry {
  /** Client id: the message's, its attachment's, its `ExternalId`. */
  readonly id: string;
  /** Epoch ms at which it was written. */
  readonly at: number;
  readonly body: Exclude<Body, { type: 'unsupported' }>;
  /** Left by an earlier page, which may have published it. */
  readonly inherited?: boolean;
}

/**
 * Own messages leave in the order in which they were written, text and files alike (docs/PROTOCOL O1). One at a time is
 * published; the files behind it are uploaded meanwhile. What has not been numbered stays on the shelf (O4).
 */
export interface Outbox {
  sendText(text: string): void;
  sendFile(attachmentId: string): void;
  /** Sends a failed message again, from the step where it failed. */
  retry(messageId: string): void;
  /** Takes a message back that the service has not numbered; its upload is aborted. */
  cancel(messageId: string): void;
  cancelAll(): void;
  /** Messages that are waiting or on their way. */
  pending(): number;
  dispose(): void;
}

export function startOutbox(ports: Ports, store: ChatStore, session: Session, uploads: Uploads): Outbox {
  const { service, clock, memory } = ports;
  const queue: Entry[] = [];
  /** Entries whose upload has been begun. */
  const begun = new WeakSet<Entry>();
  /** Stops the work on the head when it is cancelled. */
  let head: { id: string; stop: AbortController } | null = null;
  /** Nothing leaves before what an earlier page left behind stands in front of it. */
  let restored = false;
  let disposed = false;
  /** When the latest message was written. */
  let latest = 0;
  const tab = becomeTab(ports);
  void restore();

  async function restore(): Promise<void> {
    const { inherit } = await tab;
    for (const entry of memory.resumes ? await inherit() : []) takeOver(entry);
    restored = true;
    pump();
  }

  function takeOver(entry: Shelved): void {
    if (entry.body.kind === 'text')
      return enqueue({ id: entry.id, at: entry.at, body: { type: 'text', text: entry.body.text }, inherited: true });
    const attachment = attachmentFrom(entry);
    if (!attachment) return;
    const { blob, path } = entry.body;
    store.setState((state) => ({ attachments: withEntry(state.attachments, entry.id, attachment) }));
    uploads.hold(entry.id, blob, path);
    enqueue({ id: entry.id, at: entry.at, body: { type: 'upload', attachmentId: entry.id }, inherited: true });
  }

  function enqueue(entry: Entry): void {
    store.setState((state) => ({
      transcript: marked(written(state.transcript, entry, state.me), entry.id, { at: 'sending' }),
    }));
    if (entry.body.type === 'upload') uploads.tell(entry.id, { at: 'queued' });
    const before = queue.findLastIndex((other) => other.at <= entry.at);
    queue.splice(before + 1, 0, entry);
    service.connect();
    pump();
  }

  /** No two messages are of the same moment, so that the order of a shelf is the order of writing. */
  function moment(): number {
    latest = Math.max(clock.now(), latest + 1);
    return latest;
  }

  /** From the first message on there is something to remember. */
  function send(entry: Entry): void {
    memory.begin();
    void shelve(entry);
    if (!disposed) enqueue(entry);
  }

  async function shelve({ id, at, body }: Entry): Promise<void> {
    const { id: owner } = await tab;
    // Cancelled or done in the meantime: nothing is left to keep.
    if (!disposed && store.getState().transcript.byId.get(id)?.sequence !== null) return;
    // `forget` has deleted it, and without it the next page would not know its own.
    memory.set('tab', owner);
    if (body.type === 'text') return memory.shelf.put({ id, owner, at, body: { kind: 'text', text: body.text } });
    const [attachment, blob] = [attachmentOf(id), uploads.blob(id)];
    if (attachment && blob)
      await memory.shelf.put(shelvedFile({ owner, at, attachment, blob, path: uploads.path(id) }));
  }

  function attachmentOf(id: string): Attachment | undefined {
    return store.getState().attachments.get(id);
  }

  function pump(): void {
    if (!restored || disposed) return;
    for (const entry of queue) if (entry.body.type === 'upload') upload(entry);
    const entry = queue[0];
    if (!entry || head) return;
    const stop = new AbortController();
    head = { id: entry.id, stop };
    deliver(entry, stop.signal)
      .catch((error: unknown) => giveUp(entry, failureOf(error)))
      .finally(() => {
        leave(entry);
        head = null;
        pump();
      });
  }

  function leave(entry: Entry): void {
    const at = queue.indexOf(entry);
    if (at >= 0) queue.splice(at, 1);
  }

  /** Files behind the head are uploaded meanwhile. One that fails steps aside at once, not when its turn has come. */
  function upload(entry: Entry): void {
    if (begun.has(entry)) return;
    begun.add(entry);
    uploads.begin(entry.id).then(
      // A reload from here on must not upload again (docs/PROTOCOL U6).
      () => void shelve(entry),
      (error: unknown) => {
        if (head?.id === entry.id) return;
        leave(entry);
        giveUp(entry, failureOf(error));
      },
    );
  }

  /** Ends when the service has numbered the message, however that became known. */
  async function deliver(entry: Entry, signal: AbortSignal): Promise<void> {
    let inDoubt = entry.inherited ?? false;
    while (!isNumbered(entry.id)) {
      signal.throwIfAborted();
      let place: Place | null = null;
      try {
        const here = inDoubt || service.status().at !== 'online' ? null : session.here();
        if (here && entry.body.type !== 'upload') {
          // The usual case leaves within the keystroke, before the panel is painted anew.
          place = here;
          await publish(service, store, entry.id, here, readyEvent(entry.body));
          continue;
        }
        await untilOnline(service, signal);
        const event = entry.body.type === 'upload' ? await uploaded(entry) : readyEvent(entry.body);
        // What the last connection left in doubt is settled by the back-log of this one (docs/PROTOCOL O3).
        const whole = await session.synced();
        // An earlier page may have published it in a conversation that is over by now.
        if (entry.inherited && !isNumbered(entry.id)) await session.readSince(entry.at);
        if (isNumbered(entry.id)) break;
        if (inDoubt && !whole) throw new FailureError(UNPROVED);
        signal.throwIfAborted();
        place = await session.place();
        signal.throwIfAborted();
        await publish(service, store, entry.id, place, event);
      } catch (error) {
        const failure = failureOf(error);
        // Closed a moment before: the message goes where messages go now.
        if (failure.kind === 'refused' && place && !isActive(place)) continue;
        if (!isConnection(failure) || attachmentOf(entry.id)?.at === 'failed') throw error;
        inDoubt ||= failure.delivery === 'unknown';
        if (failure.kind === 'timeout') session.resync();
      }
    }
    if (entry.body.type === 'upload') uploads.finish(entry.id);
    void memory.shelf.remove(entry.id);
  }

  async function uploaded(entry: Entry): Promise<PublishedEvent> {
    const { id } = entry;
    const path = await uploads.begin(id);
    const attachment = attachmentOf(id);
    if (!attachment) throw new FailureError(ABORTED);
    uploads.tell(id, { at: 'publishing', path });
    return fileEvent(attachment, path);
  }

  function isActive({ dialogId }: Place): boolean {
    return activeDialog(store.getState().conversation)?.id === dialogId;
  }

  function isNumbered(id: string): boolean {
    const message = store.getState().transcript.byId.get(id);
    return message !== undefined && message.sequence !== null;
  }

  function giveUp(entry: Entry, why: Failure): void {
    if (why.kind === 'aborted') return;
    const at = why.delivery === 'unknown' && entry.body.type !== 'upload' ? 'unsure' : 'failed';
    store.setState((state) => ({
      transcript: marked(state.transcript, entry.id, at === 'unsure' ? { at } : { at, why }),
    }));
    const path = uploads.path(entry.id);
    if (path !== null) uploads.tell(entry.id, { at: 'failed', why, resume: 'publishing', path });
  }

  function cancel(messageId: string): void {
    const at = queue.findIndex((entry) => entry.id === messageId);
    if (head?.id === messageId) head.stop.abort();
    else if (at >= 0) queue.splice(at, 1);
    uploads.forget(messageId);
    void memory.shelf.remove(messageId);
    uploads.tell(messageId, { at: 'cancelled' });
    store.setState((state) => ({ transcript: withdrawn(state.transcript, messageId) }));
  }

  return {
    sendText: (text) => send({ id: clock.uuid(), at: moment(), body: { type: 'text', text } }),
    sendFile: (id) => send({ id, at: moment(), body: { type: 'upload', attachmentId: id } }),
    retry(messageId) {
      const message = store.getState().transcript.byId.get(messageId);
      if (!message?.mine || message.sequence !== null || queue.some(({ id }) => id === messageId)) return;
      const { body } = message;
      if (body.type !== 'unsupported') send({ id: messageId, at: moment(), body });
    },
    cancel,
    cancelAll() {
      for (const { id } of [...queue]) cancel(id);
    },
    pending: () => queue.length,
    dispose() {
      disposed = true;
      head?.stop.abort();
      void tab.then(({ dispose }) => dispose());
    },
  };
}
