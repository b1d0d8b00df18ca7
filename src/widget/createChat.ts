import { startChat } from '../flows/chat.ts';
import type { DiagnosticSnapshot } from '../flows/diagnostics.ts';
import type { Ports } from '../flows/ports.ts';
import type { LinkStatus } from '../net/ports.ts';
import { createChatStore } from '../store/store.ts';
import { mountPanel } from './mount.tsx';
import { type ChatOptions, checkOptions, settingsOf } from './options.ts';
import { browserPorts } from './ports.ts';

/** Public events. Details carry no text, no token and no address. */
export interface ChatEvents {
  open: undefined;
  close: undefined;
  /** Messages of others that the consumer has not seen. */
  unreadchange: { readonly count: number };
  connectionchange: { readonly at: LinkStatus['at'] };
}

export interface Chat {
  /** Renders the panel into an open shadow root. */
  mount(root: ShadowRoot): void;
  open(): void;
  close(): void;
  on<E extends keyof ChatEvents>(event: E, listener: (detail: ChatEvents[E]) => void): () => void;
  /** Connects without opening where an earlier page has left something to go on with. */
  resume(): void;
  /** Deletes everything that is remembered of this consumer, here and in storage. */
  forget(): Promise<void>;
  /** Facts of the connection that support may ask for: no text, no token. */
  diagnostics(): DiagnosticSnapshot;
  /** Undoes everything; the chat cannot be used again. */
  destroy(): void;
}

/** A chat of its own: store, flows and connection. Throws TypeError with one plain sentence for unusable options. */
export function createChat(options: ChatOptions, ports: Partial<Ports> = {}): Chat {
  checkOptions(options);
  const store = createChatStore(settingsOf(options));
  const flows = startChat({ ...browserPorts(options), ...ports }, store);
  const listeners = new Map<keyof ChatEvents, Set<(detail: never) => void>>();
  const undo: (() => void)[] = [];

  function tell<E extends keyof ChatEvents>(event: E, detail: ChatEvents[E]): void {
    for (const listener of listeners.get(event) ?? []) {
      try {
        (listener as (detail: ChatEvents[E]) => void)(detail);
      } catch (error) {
        // A brand's own mistake must show up in the brand's console and nowhere else.
        reportError(error);
      }
    }
  }

  undo.push(
    store.subscribe((state, before) => {
      if (state.panelOpen !== before.panelOpen) tell(state.panelOpen ? 'open' : 'close', undefined);
      if (state.unread.length !== before.unread.length) tell('unreadchange', { count: state.unread.length });
      if (state.connection.at !== before.connection.at) tell('connectionchange', { at: state.connection.at });
    }),
  );

  return {
    mount(root) {
      undo.push(mountPanel(root, { store, actions: flows, options }));
    },
    open: () => flows.open(),
    close: () => flows.close(),
    resume: () => flows.resume(),
    forget: () => flows.forget(),
    diagnostics: () => flows.diagnostics(),
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => {
        set.delete(listener);
      };
    },
    destroy() {
      for (const act of undo.splice(0)) act();
      flows.dispose();
      listeners.clear();
    },
  };
}
