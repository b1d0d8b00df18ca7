import { endingClock } from '../net/clock.ts';
import { type ChatStore, initialState } from '../store/store.ts';
import type { Actions } from './actions.ts';
import { type DiagnosticSnapshot, startDiagnostics } from './diagnostics.ts';
import type { OpeningPorts } from './ports.ts';
import type { Talk } from './talk.ts';

export interface ChatFlows extends Actions {
  /** Connects again without opening, when an earlier page has left something to go on with. */
  resume(): void;
  /** Deletes everything that is remembered and becomes a new consumer. */
  forget(): Promise<void>;
  diagnostics(): DiagnosticSnapshot;
  dispose(): void;
}

/**
 * Opens, connects, and keeps what is being written; the rest is `Talk`, fetched when there is something to say or to hear:
 * with the first key or file, or for a consumer who may have a conversation already. `dispose` stops all of it.
 */
export function startChat(given: OpeningPorts, store: ChatStore): ChatFlows {
  const clock = endingClock(given.clock);
  const ports = { ...given, clock };
  const { service, memory } = ports;
  let talk: Talk | null = null;
  let loading = false;
  let disposed = false;
  /** What is to be done once there is a talk, in order; `text` is what the consumer has sent by it. */
  let waiting: { act(talk: Talk): void; text?: string }[] = [];
  store.setState({ draft: memory.get('draft') ?? '' });
  const diagnostics = startDiagnostics(ports, store, () => talk?.pending() ?? 0, ports.onDiagnostic);

  function fetchTalk(): void {
    if (loading || talk) return;
    loading = true;
    memory.prepare();
    ports.loadTalk().then((startTalk) => {
      if (disposed) return giveBack();
      const begun = startTalk({ ...ports, onDiagnostic: diagnostics.note }, store);
      talk = begun;
      for (const { act } of waiting.splice(0)) act(begun);
    }, giveBack);
  }

  /** A lost chunk is most often a lost network: the next word tries again, and so does the next connection. */
  function giveBack(): void {
    loading = false;
    const texts = waiting.flatMap(({ text }) => text ?? []);
    waiting = waiting.filter(({ text }) => text === undefined);
    if (texts.length > 0) keepDraft([...texts, store.getState().draft].filter((text) => text !== '').join('\n'));
  }

  function withTalk(act: (talk: Talk) => void, text?: string): void {
    if (talk) return act(talk);
    waiting.push({ act, ...(text === undefined ? {} : { text }) });
    fetchTalk();
  }

  const later =
    <A extends unknown[]>(verb: (talk: Talk) => (...given: A) => void) =>
    (...given: A) =>
      withTalk((present) => verb(present)(...given));

  /** Whether there may be something to hear. */
  const hasPast = () => ports.authenticated || memory.resumes;

  const stop = service.on('status', (connection) => {
    // From then on the session tells.
    if (!talk) store.setState({ connection, me: service.me() });
    if (connection.at === 'online' && (hasPast() || waiting.length > 0)) fetchTalk();
  });
  // What an earlier page has left unsent is shown even without a connection.
  if (memory.resumes) fetchTalk();

  function keepDraft(draft: string): void {
    store.setState({ draft });
    memory.set('draft', draft === '' ? null : draft);
  }

  /** Who writes does not want to wait for the next try (docs/PROTOCOL C12). */
  function hurry(): void {
    if (service.status().at === 'waiting') service.connect();
  }

  return {
    open() {
      service.connect();
      store.setState((state) => ({ panelOpen: true, newFrom: state.unread[0] ?? null }));
    },
    close() {
      store.setState({ panelOpen: false, newFrom: null, lightbox: null });
      // A panel that was only looked at needs no connection.
      const { conversation, tray } = store.getState();
      if (!conversation && tray.length === 0 && !talk?.pending()) service.disconnect();
    },
    send(text) {
      withTalk(({ send }) => send(store.getState().tray, text.trim()), text);
      keepDraft('');
      store.setState({ newFrom: null });
    },
    setDraft(text) {
      keepDraft(text);
      hurry();
      withTalk(({ typed }) => typed(text));
    },
    showLightbox: (lightbox) => store.setState({ lightbox }),
    reconnect: () => service.connect(),
    attach(...files) {
      hurry();
      withTalk(({ attach }) => attach(...files));
    },
    setCaption: later(({ setCaption }) => setCaption),
    moveInTray: later(({ moveInTray }) => moveInTray),
    removeFromTray: later(({ removeFromTray }) => removeFromTray),
    cancel: later(({ cancel }) => cancel),
    retry: later(({ retry }) => retry),
    seen: later(({ seen }) => seen),
    wantFile: later(({ wantFile }) => wantFile),
    imageFailed: later(({ imageFailed }) => imageFailed),
    saveFile: later(({ saveFile }) => saveFile),
    showEarlier: later(({ showEarlier }) => showEarlier),
    endConversation: later(({ endConversation }) => endConversation),
    resume() {
      if (memory.resumes) service.connect();
    },
    async forget() {
      waiting = [];
      talk?.forget();
      service.forget();
      const forgotten = memory.forget();
      const { settings, panelOpen } = store.getState();
      // Before anything that takes time: what is said meanwhile is the next consumer's.
      store.setState({ ...initialState(settings), panelOpen }, true);
      await forgotten;
    },
    diagnostics: diagnostics.snapshot,
    dispose() {
      disposed = true;
      stop();
      diagnostics.dispose();
      talk?.dispose();
      service.dispose();
      clock.end();
    },
  };
}
