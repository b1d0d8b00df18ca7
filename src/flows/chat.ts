import { endingClock } from '../net/clock.ts';
import { type ChatStore, initialState } from '../store/store.ts';
import type { Actions } from './actions.ts';
import { startAgents } from './agents.ts';
import { startAttach } from './attach.ts';
import { startAttention } from './attention.ts';
import { type DiagnosticSnapshot, startDiagnostics } from './diagnostics.ts';
import type { Downloads } from './downloads.ts';
import { startOutbox } from './outbox.ts';
import type { Ports } from './ports.ts';
import { startReceipts } from './receipts.ts';
import { startSession } from './session.ts';
import { startTyping } from './typing.ts';
import { startUploads } from './uploads.ts';

export interface ChatFlows extends Actions {
  /** Connects again without opening, when an earlier page has left something to go on with. */
  resume(): void;
  /** Deletes everything that is remembered and becomes a new consumer. */
  forget(): Promise<void>;
  diagnostics(): DiagnosticSnapshot;
  dispose(): void;
}

/** Starts every flow on one store and gives the panel its verbs. `dispose` stops all of it. */
export function startChat(given: Ports, store: ChatStore): ChatFlows {
  const clock = endingClock(given.clock);
  const ports = { ...given, clock };
  const { service, memory } = ports;
  /** Sends wait for the files of those before them to be looked at, so that the order stays. */
  let sending: Promise<void> | null = null;
  store.setState({ draft: memory.get('draft') ?? '' });
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
  const diagnostics = startDiagnostics(ports, store, outbox, ports.onDiagnostic);

  function withDownloads(act: (downloads: Downloads) => void): void {
    downloads ??= ports.loadDownloads(store);
    // A lost chunk is most often a lost network: the next look tries again.
    downloads.then(act, () => {
      downloads = null;
    });
  }

  function keepDraft(draft: string): void {
    store.setState({ draft });
    memory.set('draft', draft === '' ? null : draft);
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

  function send(tray: readonly string[], text: string): void {
    const { attachments } = store.getState();
    if (!sending && !tray.some((id) => attachments.get(id)?.at === 'picked')) return sendNow(tray, text);
    const turn: Promise<void> = (sending ?? Promise.resolve())
      .then(attach.settled)
      .then(() => sendNow(tray, text))
      .finally(() => {
        if (sending === turn) sending = null;
      });
    sending = turn;
  }

  return {
    open() {
      memory.prepare();
      service.connect();
      store.setState((state) => ({ panelOpen: true, newFrom: state.unread[0] ?? null }));
    },
    close() {
      store.setState({ panelOpen: false, newFrom: null, lightbox: null });
      // A panel that was only looked at needs no connection.
      const { conversation, tray } = store.getState();
      if (!conversation && tray.length === 0 && outbox.pending() === 0) service.disconnect();
    },
    send(text) {
      // The message first: it must not wait for anything that only accompanies it.
      send(store.getState().tray, text.trim());
      typing.sent();
      keepDraft('');
      store.setState({ newFrom: null });
    },
    setDraft(text) {
      keepDraft(text);
      typing.typed(text);
    },
    attach: attach.attach,
    setCaption: attach.setCaption,
    removeFromTray: attach.remove,
    cancel: outbox.cancel,
    retry: outbox.retry,
    seen(messageIds) {
      if (store.getState().panelOpen && ports.surroundings.visible()) receipts.seen(messageIds);
    },
    wantFile: (path) => withDownloads(({ want }) => want(path)),
    imageFailed: (path) => withDownloads(({ failed }) => failed(path)),
    saveFile: (path, name) => withDownloads(({ save }) => save(path, name)),
    showLightbox: (lightbox) => store.setState({ lightbox }),
    showEarlier: session.showEarlier,
    endConversation() {
      // The authoritative result is the change that follows; a lost request is asked for again by the consumer.
      session.end().catch(() => {});
    },
    reconnect: () => service.connect(),
    resume() {
      if (memory.resumes) service.connect();
    },
    async forget() {
      outbox.cancelAll();
      service.forget();
      await memory.forget();
      const { settings, panelOpen } = store.getState();
      store.setState({ ...initialState(settings), panelOpen }, true);
    },
    diagnostics: diagnostics.snapshot,
    dispose() {
      for (const part of [diagnostics, attention, agents, typing, receipts, attach, outbox, uploads, session])
        part.dispose();
      void downloads?.then(({ dispose }) => dispose());
      service.dispose();
      clock.end();
    },
  };
}
