import { endingClock } from '../net/clock.ts';
import { ABORTED, FailureError } from '../protocol/failure.ts';
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
  let loading: Promise<Talk> | null = null;
  let disposed = false;
  store.setState({ draft: memory.get('draft') ?? '' });
  const diagnostics = startDiagnostics(ports, store, () => talk?.pending() ?? 0, ports.onDiagnostic);

  function fetchTalk(): Promise<Talk> {
    loading ??= ports.loadTalk().then((startTalk) => {
      if (disposed) throw new FailureError(ABORTED);
      talk = startTalk({ ...ports, onDiagnostic: diagnostics.note }, store);
      return talk;
    });
    // A lost chunk is most often a lost network: the next word tries again.
    loading.catch(() => {
      loading = null;
    });
    return loading;
  }

  function withTalk(act: (talk: Talk) => void, failed = () => {}): void {
    if (talk) act(talk);
    else fetchTalk().then(act, failed);
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
    if (connection.at === 'online' && hasPast()) withTalk(() => {});
  });
  // What an earlier page has left unsent is shown even without a connection.
  if (memory.resumes) withTalk(() => {});

  function keepDraft(draft: string): void {
    store.setState({ draft });
    memory.set('draft', draft === '' ? null : draft);
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
      if (!conversation && tray.length === 0 && !talk?.pending()) service.disconnect();
    },
    send(text) {
      withTalk(
        ({ send }) => send(store.getState().tray, text.trim()),
        () => store.getState().draft === '' && keepDraft(text),
      );
      keepDraft('');
      store.setState({ newFrom: null });
    },
    setDraft(text) {
      keepDraft(text);
      withTalk(({ typed }) => typed(text));
    },
    showLightbox: (lightbox) => store.setState({ lightbox }),
    reconnect: () => service.connect(),
    attach: later(({ attach }) => attach),
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
      talk?.cancelAll();
      service.forget();
      await memory.forget();
      const { settings, panelOpen } = store.getState();
      store.setState({ ...initialState(settings), panelOpen }, true);
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
