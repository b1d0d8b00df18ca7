import { messageDialogs } from '../model/conversation.ts';
import { heard, placedFirst } from '../model/transcript.ts';
import { failureOf } from '../protocol/failure.ts';
import type { Conversation, ConversationChange } from '../protocol/types.ts';
import type { ChatStore } from '../store/store.ts';
import type { Archive } from './archive.ts';
import type { Follower } from './follower.ts';
import type { Ports } from './ports.ts';

/**
 * Conversations before the present one, read one at a time when the consumer asks for them: those that the metadata names,
 * and then, for a consumer whom the brand vouches for, those of the history service.
 */
export interface Earlier {
  learn(changes: readonly ConversationChange[]): void;
  /** Says in the store whether there is anything earlier. */
  update(): void;
  show(): void;
}

export function startEarlier(ports: Ports, store: ChatStore, follower: Follower): Earlier {
  const { service } = ports;
  const known = new Map<string, Conversation>();
  const shown = new Set<string>();
  let archive: Promise<Archive> | null = null;
  let archiveIsRead = !service.authenticated;

  function next(): Conversation | undefined {
    return [...known.values()].filter(({ id }) => !shown.has(id)).sort((a, b) => b.startedAt - a.startedAt)[0];
  }

  function update(): void {
    const { conversation, earlier } = store.getState();
    // What is or was the present conversation has been read as such.
    if (conversation) shown.add(conversation.id);
    const now = next() || !archiveIsRead ? 'some' : 'none';
    if (earlier !== 'loading' && earlier !== now) store.setState({ earlier: now });
  }

  async function read({ id, dialogs }: Conversation): Promise<void> {
    const ids = messageDialogs({ dialogs }).map((dialog) => dialog.id);
    store.setState(({ transcript }) => ({ transcript: placedFirst(transcript, ids) }));
    await Promise.all(ids.map((dialogId) => follower.follow(id, dialogId)));
    shown.add(id);
  }

  async function readArchive(): Promise<void> {
    archive ??= ports.loadArchive();
    const past = await (await archive).next((id) => !shown.has(id) && !known.has(id));
    archiveIsRead = past === null;
    if (!past) return;
    shown.add(past.id);
    const ids = [...new Set(past.events.map(({ dialogId }) => dialogId))];
    store.setState(({ transcript, me }) => ({ transcript: heard(placedFirst(transcript, ids), past.events, me) }));
  }

  async function readNext(): Promise<void> {
    store.setState({ earlier: 'loading' });
    const conversation = next();
    try {
      await (conversation ? read(conversation) : readArchive());
    } catch (error) {
      // A connection that went is another try; a service that refuses has nothing for this consumer.
      archive = null;
      if (!conversation && failureOf(error).kind === 'refused') archiveIsRead = true;
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
      if (store.getState().earlier === 'some') void readNext();
    },
  };
}
