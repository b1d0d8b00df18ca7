import type { ChatState } from '../../protocol/types.ts';
import type { AgentLink } from './agentLink.ts';
import { changes, type DeskStore } from './agentStore.ts';
import { openDialog } from './selectors.ts';

/** ms without a keystroke after which typing counts as paused, and without news after which the consumer's does. */
const PAUSE = 5_000;
const STALE = 15_000;

/** Says when the agent types and stops, and lets the consumer's typing run out when no end of it is heard. */
export function startTyping(link: () => AgentLink, store: DeskStore) {
  const mine = new Map<string, ReturnType<typeof setTimeout>>();
  const theirs = new Map<string, ReturnType<typeof setTimeout>>();

  function publish(conversationId: string, chatState: ChatState): void {
    const thread = store.getState().threads.get(conversationId);
    const dialogId = thread ? openDialog(thread) : null;
    if (dialogId === null) return;
    link()
      .request('.ams.ms.PublishEvent', { dialogId, conversationId, event: { type: 'ChatStateEvent', chatState } })
      // Typing that is not heard of is no loss.
      .catch(() => undefined);
  }

  function stopped(conversationId: string): void {
    const timer = mine.get(conversationId);
    if (timer === undefined) return;
    clearTimeout(timer);
    mine.delete(conversationId);
    publish(conversationId, 'PAUSE');
  }

  const unsubscribe = store.subscribe(({ threads }, before) => {
    for (const [id, thread] of threads) {
      if (thread.typing === (before.threads.get(id)?.typing ?? false)) continue;
      clearTimeout(theirs.get(id));
      if (thread.typing)
        theirs.set(
          id,
          setTimeout(() => changes.typingEnded(store, id), STALE),
        );
    }
  });

  return {
    /** A key was struck; `text` is what the field holds now. */
    typed(conversationId: string, text: string): void {
      if (text === '') {
        stopped(conversationId);
        return;
      }
      if (!mine.has(conversationId)) publish(conversationId, 'COMPOSING');
      clearTimeout(mine.get(conversationId));
      mine.set(
        conversationId,
        setTimeout(() => stopped(conversationId), PAUSE),
      );
    },
    dispose(): void {
      unsubscribe();
      for (const timer of [...mine.values(), ...theirs.values()]) clearTimeout(timer);
    },
  };
}
