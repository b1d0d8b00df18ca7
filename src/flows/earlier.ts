import { messageDialogs } from '../model/conversation.ts';
import { placedFirst } from '../model/transcript.ts';
import type { Conversation, ConversationChange } from '../protocol/types.ts';
import type { ChatStore } from '../store/store.ts';
import type { Follower } from './follower.ts';

/** Conversations before the present one: known from the metadata, read one at a time when the consumer asks for them. */
export interface Earlier {
  learn(changes: readonly ConversationChange[]): void;
  /** Says in the store whether there is anything earlier. */
  update(): void;
  show(): void;
}

export function startEarlier(store: ChatStore, follower: Follower): Earlier {
  const known = new Map<string, Conversation>();
  const shown = new Set<string>();

  function next(): Conversation | undefined {
    return [...known.values()].filter(({ id }) => !shown.has(id)).sort((a, b) => b.startedAt - a.startedAt)[0];
  }

  function update(): void {
    const { conversation, earlier } = store.getState();
    // What is or was the present conversation has been read as such.
    if (conversation) shown.add(conversation.id);
    const now = next() ? 'some' : 'none';
    if (earlier !== 'loading' && earlier !== now) store.setState({ earlier: now });
  }

  async function read({ id, dialogs }: Conversation): Promise<void> {
    shown.add(id);
    const ids = messageDialogs({ dialogs }).map((dialog) => dialog.id);
    store.setState(({ transcript }) => ({ earlier: 'loading', transcript: placedFirst(transcript, ids) }));
    try {
      await Promise.all(ids.map((dialogId) => follower.follow(id, dialogId)));
    } catch {
      // The connection went: the same conversation is offered again.
      shown.delete(id);
    }
    store.setState({ earlier: 'none' });
    update();
  }

  return {
    learn(changes) {
      for (const change of changes) {
        if (change.type === 'upsert') known.set(change.conversation.id, change.conversation);
      }
    },
    update,
    show() {
      const conversation = next();
      if (conversation && store.getState().earlier === 'some') void read(conversation);
    },
  };
}
