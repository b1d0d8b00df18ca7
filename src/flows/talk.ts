import type { ChatStore } from '../store/store.ts';
import type { Actions } from './actions.ts';
import { startAgents } from './agents.ts';
import { startAttach } from './attach.ts';
import { startAttention } from './attention.ts';
import type { Downloads } from './downloads.ts';
import { startOutbox } from './outbox.ts';
import type { Ports } from './ports.ts';
import { startReceipts } from './receipts.ts';
import { startSession } from './session.ts';
import { startTyping } from './typing.ts';
import { startUploads } from './uploads.ts';

/** Everything that takes two: what is said and heard. Nothing of it is needed to open a panel and to connect. */
export interface Talk extends Omit<Actions, 'open' | 'close' | 'send' | 'setDraft' | 'reconnect' | 'showLightbox'> {
  /** Sends the files in order, then the text; empty text and no files do nothing. */
  send(tray: readonly string[], text: string): void;
  /** The composer's text has changed. */
  typed(text: string): void;
  /** Own messages that are waiting or on their way. */
  pending(): number;
  /** The consumer is somebody else from now on: whatever has not left is taken back, and its files are let go. */
  forget(): void;
  dispose(): void;
}

/** May begin at any time: a connection that stands is taken up where it is. */
export function startTalk(ports: Ports, store: ChatStore): Talk {
  /** Sends wait for the files of those before them to be looked at, so that the order stays. */
  let sending: Promise<void> | null = null;
  /** Counts the consumers: a send that waits is not the next one's. */
  let consumer = 0;
  // The session listens first: the others find an event in the transcript by the time they hear of it.
  const session = startSession(ports, store);
  const uploads = startUploads(ports, store, session);
  const outbox = startOutbox(ports, store, session, uploads);
  const attach = startAttach(ports, store, uploads);
  let downloads: Promise<Downloads> | null = null;
  const receipts = startReceipts(ports, store);
  const typing = startTyping(ports, store);
  const agents = startAgents(ports, store);
  const attention = startAttention(ports, store);

  function withDownloads(act: (downloads: Downloads) => void): void {
    downloads ??= ports.loadDownloads(store);
    // A lost chunk is most often a lost network: the next look tries again.
    downloads.then(act, () => {
      downloads = null;
    });
  }

  function sendTray(ids: readonly string[]): void {
    const { attachments } = store.getState();
    store.setState((state) => ({ tray: state.tray.filter((id) => !ids.includes(id)) }));
    for (const id of ids) if (attachments.get(id)?.at === 'ready') outbox.sendFile(id);
  }

  function sendNow(tray: readonly string[], text: string): void {
    sendTray(tray);
    if (text !== '') outbox.sendText(text);
  }

  function sendInTurn(tray: readonly string[], text: string): void {
    const { attachments } = store.getState();
    if (!sending && !tray.some((id) => attachments.get(id)?.at === 'picked')) return sendNow(tray, text);
    const mine = consumer;
    const turn: Promise<void> = (sending ?? Promise.resolve())
      .then(attach.settled)
      .then(() => (mine === consumer ? sendNow(tray, text) : undefined))
      .finally(() => {
        if (sending === turn) sending = null;
      });
    sending = turn;
  }

  return {
    send(tray, text) {
      // The message first: it must not wait for anything that only accompanies it.
      sendInTurn(tray, text);
      typing.sent();
    },
    typed: typing.typed,
    pending: outbox.pending,
    forget() {
      consumer += 1;
      sending = null;
      attach.dispose();
      outbox.cancelAll();
      uploads.dispose();
    },
    attach: attach.attach,
    setCaption: attach.setCaption,
    moveInTray: attach.moveInTray,
    removeFromTray: attach.remove,
    cancel: outbox.cancel,
    retry: outbox.retry,
    seen(messageIds) {
      if (store.getState().panelOpen && ports.surroundings.visible()) receipts.seen(messageIds);
    },
    wantFile: (path) => withDownloads(({ want }) => want(path)),
    imageFailed: (path) => withDownloads(({ failed }) => failed(path)),
    saveFile: (path, name) => withDownloads(({ save }) => save(path, name)),
    showEarlier: session.showEarlier,
    endConversation() {
      // The authoritative result is the change that follows; a lost request is asked for again by the consumer.
      session.end().catch(() => {});
    },
    dispose() {
      for (const part of [attention, agents, typing, receipts, attach, outbox, uploads, session]) part.dispose();
      void downloads?.then(({ dispose }) => dispose());
    },
  };
}
