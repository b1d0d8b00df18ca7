import { activeDialog } from '../model/conversation.ts';
import type { ChatState as WireState } from '../protocol/types.ts';
import type { ChatStore } from '../store/store.ts';
import type { Ports } from './ports.ts';

/** Ms. The server times nothing out and a sent message clears nothing (PROTOCOL §6.4), so both ends do it themselves. */
const SAY_AGAIN = 5_000;
const PAUSED_AFTER = 4_000;
const FORGET_AFTER = 20_000;

/** Typing both ways. */
export interface Typing {
  /** The composer's text changed. */
  typed(text: string): void;
  /** The text has gone out: the other side stops waiting for it. */
  sent(): void;
  dispose(): void;
}

export function startTyping(ports: Ports, store: ChatStore): Typing {
  const { service, clock } = ports;
  const forget = new Map<string, () => void>();
  let composingSince: number | null = null;
  let cancelPause = () => {};

  function publish(chatState: WireState): void {
    const { conversation } = store.getState();
    const dialog = activeDialog(conversation);
    if (!conversation || !dialog || service.status().at !== 'online') return;
    const event = { type: 'ChatStateEvent' as const, chatState };
    // Nobody misses a lost hint of typing.
    service.request('ms.PublishEvent', { dialogId: dialog.id, conversationId: conversation.id, event }).catch(() => {});
  }

  function clear(id: string): void {
    forget.get(id)?.();
    forget.delete(id);
    store.setState((state) =>
      state.typing.includes(id) ? { typing: state.typing.filter((other) => other !== id) } : {},
    );
  }

  const stop = service.on('messages', ({ events }) => {
    for (const { content, from } of events) {
      if (from.id === store.getState().me || content.type === 'receipt') continue;
      clear(from.id);
      if (content.type !== 'typing' || content.state !== 'COMPOSING') continue;
      forget.set(
        from.id,
        clock.after(FORGET_AFTER, () => clear(from.id)),
      );
      store.setState((state) => ({ typing: [...state.typing, from.id] }));
    }
  });

  function rest(state: WireState): void {
    cancelPause();
    if (composingSince === null) return;
    composingSince = null;
    publish(state);
  }

  return {
    typed(text) {
      if (text.trim() === '') return rest('ACTIVE');
      if (composingSince === null || clock.now() - composingSince >= SAY_AGAIN) {
        composingSince = clock.now();
        publish('COMPOSING');
      }
      cancelPause();
      cancelPause = clock.after(PAUSED_AFTER, () => rest('PAUSE'));
    },
    sent: () => rest('ACTIVE'),
    dispose() {
      stop();
      cancelPause();
      for (const cancel of forget.values()) cancel();
    },
  };
}
