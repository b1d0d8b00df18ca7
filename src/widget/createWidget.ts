import { createStore } from 'zustand/vanilla';
import { type ChatFlows, startChat } from '../flows/chat.ts';
import type { OpeningPorts } from '../flows/ports.ts';
import type { ChatState } from '../store/state.ts';
import { type ChatStore, createChatStore } from '../store/store.ts';
import type { Place, Widget } from './api.ts';
import { type Later, startLater } from './later.ts';
import { type Look, lookOf } from './look.ts';
import { mountPanel } from './mount.tsx';
import { type ChatOptions, checkOptions, settingsOf } from './options.ts';
import { paintLauncher } from './paintLauncher.ts';
import { panelActions } from './panelActions.ts';
import { browserPorts } from './ports.ts';

/** Options that a connection, or what is remembered, hangs on: another value begins a new chat. */
const ESSENTIAL = [
  'account',
  'domainApi',
  'getToken',
  'connectorId',
  'redirectUri',
  'jwt',
  'persistence',
  'sound',
  'onDiagnostic',
] as const satisfies readonly (keyof ChatOptions)[];

/** One consumer's chat: store, flows and panel. */
interface Session {
  readonly options: ChatOptions;
  readonly store: ChatStore;
  readonly flows: ChatFlows;
  readonly ports: OpeningPorts;
  readonly later: Later;
  prepare(): void;
  end(): void;
}

/** The widget in its place. Throws TypeError with one plain sentence for unusable options. */
export function createWidget(place: Place, given: Partial<OpeningPorts> = {}): Widget {
  const look = createStore<Look>(() => lookOf(place.options()));
  const tell = teller(place);
  // Not the launcher's root: one that has been shut down while we came stands in none.
  const root = place.host.shadowRoot as ShadowRoot;
  /** The consumer has asked for the panel, so that it may take the focus. */
  let focusing = false;
  let session = begin(false);

  function begin(open: boolean): Session {
    const options = place.options();
    checkOptions(options);
    const store = createChatStore(settingsOf(options));
    store.setState({ panelOpen: open });
    const ports: OpeningPorts = { ...browserPorts(options, place.options), ...given };
    if (options.consent === false) void ports.memory.allow(false);
    const flows = startChat(ports, store);
    const later = startLater({ store, service: ports.service, place, root, look, close: flows.close });
    const panel = mountPanel(root, {
      store,
      actions: panelActions(flows, store, place),
      look,
      mayFocus: () => focusing,
    });
    const undo = [
      store.subscribe(tell),
      later.stop,
      panel.unmount,
      look.getState().inline ? connectOnIntent(root, flows.open) : () => {},
    ];
    tell(store.getState());
    return {
      options,
      store,
      flows,
      ports,
      later,
      prepare: panel.prepare,
      end() {
        for (const act of undo) act();
        flows.dispose();
      },
    };
  }

  function renew(options: ChatOptions): void {
    // What cannot work leaves the running chat as it is.
    checkOptions(options);
    const { panelOpen, connection, draft } = session.store.getState();
    session.end();
    session = begin(panelOpen);
    const { flows } = session;
    if (draft !== '') flows.setDraft(draft);
    // An inline panel that nobody has turned to yet asks nothing of any service.
    if (connection.at === 'idle') return;
    if (panelOpen) flows.open();
    else flows.resume();
  }

  return {
    open(focus) {
      focusing = focus;
      session.flows.open();
    },
    prepare: () => session.prepare(),
    close: () => session.flows.close(),
    resume() {
      // An inline panel is there from the beginning; it connects when somebody turns to it.
      if (look.getState().inline) session.store.setState({ panelOpen: true });
      session.flows.resume();
    },
    update() {
      const options = place.options();
      if (ESSENTIAL.some((name) => options[name] !== session.options[name])) renew(options);
      look.setState(lookOf(options));
      session.store.setState({ settings: settingsOf(options) });
      void session.ports.memory.allow(options.consent !== false);
      session.later.update();
    },
    newMessage: (text) => session.flows.setDraft(text),
    attach: (files) => session.flows.attach(files),
    forget: () => session.flows.forget(),
    status() {
      const { panelOpen, unread, connection } = session.store.getState();
      return { open: panelOpen, unread: unread.length, connection: connection.at };
    },
    diagnostics: () => session.flows.diagnostics(),
    destroy: () => session.end(),
  };
}

/** Tells what changes for the page and on the launcher, once for each change and over every session. */
function teller(place: Place): (state: ChatState) => void {
  let told: ReturnType<Widget['status']> = { open: false, unread: 0, connection: 'idle' };
  return ({ panelOpen, unread, connection }) => {
    const before = told;
    told = { open: panelOpen, unread: unread.length, connection: connection.at };
    if (told.open !== before.open || told.unread !== before.unread) paintLauncher(place.launcher, told);
    if (told.open !== before.open) place.tell(told.open ? 'open' : 'close', {});
    if (told.unread !== before.unread) place.tell('unreadchange', { count: told.unread });
    if (told.connection === before.connection) return;
    place.tell('connectionchange', { at: told.connection });
    if (connection.at !== 'refused') return;
    const { why } = connection;
    place.tell('error', { reason: 'refused', ...(why.kind === 'refused' ? { code: why.code } : {}) });
  };
}

/** Calls `act` when somebody turns to what is in the root, for the first time. */
function connectOnIntent(root: ShadowRoot, act: () => void): () => void {
  const signs = ['focusin', 'pointerdown'];
  const turned = () => {
    stop();
    act();
  };
  const stop = () => {
    for (const sign of signs) root.removeEventListener(sign, turned);
  };
  for (const sign of signs) root.addEventListener(sign, turned);
  return stop;
}
