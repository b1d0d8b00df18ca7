import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ConversationChange, MessagingEvent } from '../../protocol/types.ts';
import type { LinkStatus } from './agentLink.ts';
import { announcedOf, conversationsChanged, heard, type Outgoing, type Threads, withThread } from './threads.ts';

export interface DeskState {
  readonly link: LinkStatus;
  /** Every id this agent goes by; empty before the first sign-in. */
  readonly me: readonly string[];
  readonly threads: Threads;
  /** Conversation shown, or null. */
  readonly selected: string | null;
  /** Something that went wrong outside a message, as a sentence; null when there is nothing to say. */
  readonly notice: string | null;
}

export type DeskStore = StoreApi<DeskState>;

/** An empty console. */
export function createDeskStore(): DeskStore {
  return createStore<DeskState>(() => ({
    link: { at: 'connecting' },
    me: [],
    threads: new Map(),
    selected: null,
    notice: null,
  }));
}

/** What may happen to a console's state. A conversation that is gone from the stream is not shown any longer. */
export const changes = {
  /** `whole`: the list names every conversation there is. */
  conversations: (store: DeskStore, list: readonly ConversationChange[], whole: boolean): void =>
    store.setState(({ threads, selected }) => {
      const next = conversationsChanged(whole ? announcedOf(threads, list) : threads, list);
      return { threads: next, selected: selected !== null && next.has(selected) ? selected : null };
    }),
  messages: (store: DeskStore, events: readonly MessagingEvent[]): void =>
    store.setState(({ threads, me }) => ({ threads: heard(threads, events, me) })),
  typingEnded: (store: DeskStore, id: string): void =>
    store.setState(({ threads }) => ({
      threads: withThread(threads, id, (thread) => (thread.typing ? { ...thread, typing: false } : thread)),
    })),
  /** Adds an outgoing message, or replaces the one with its id. */
  outgoing: (store: DeskStore, id: string, message: Outgoing): void =>
    store.setState(({ threads }) => ({
      threads: withThread(threads, id, (thread) => {
        const known = thread.outgoing.some((one) => one.id === message.id);
        const outgoing = known
          ? thread.outgoing.map((one) => (one.id === message.id ? message : one))
          : [...thread.outgoing, message];
        return { ...thread, outgoing };
      }),
    })),
  withdrawn: (store: DeskStore, id: string, messageId: string): void =>
    store.setState(({ threads }) => ({
      threads: withThread(threads, id, (thread) => ({
        ...thread,
        outgoing: thread.outgoing.filter((one) => one.id !== messageId),
      })),
    })),
};
