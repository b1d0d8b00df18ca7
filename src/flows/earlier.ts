import { messageDialogs } from '../model/conversation.ts';
import type { Transcript } from '../model/message.ts';
import { heard, placedBefore, placedFirst } from '../model/transcript.ts';
import { type Failure, failureOf } from '../protocol/failure.ts';
import type { Conversation, ConversationChange } from '../protocol/types.ts';
import type { ChatStore } from '../store/store.ts';
import type { Archive } from './archive.ts';
import type { Follower } from './follower.ts';
import type { Ports } from './ports.ts';

/** Ms by which the service's clock may differ from ours. */
const SKEW = 3_600_000;

/**
 * Conversations before the present one, read one at a time when the consumer asks for them: those that the metadata names,
 * and then, for a consumer whom the brand vouches for, those of the history service.
 */
export interface Earlier {
  learn(changes: readonly ConversationChange[]): void;
  /** Says in the store whether there is anything earlier. */
  update(): void;
  /** The transcript with these dialogs of a conversation, about to be read, before those of later conversations. */
  placed(transcript: Transcript, conversationId: string, dialogIds: readonly string[]): Transcript;
  show(): void;
  /** Reads every conversation in which something has happened since then (epoch ms). Rejects with FailureError. */
  readSince(at: number): Promise<void>;
  /** The consumer is somebody else from now on. */
  forget(): void;
}

function isFinal(failure: Failure): boolean {
  return failure.kind === 'refused' && failure.code !== 429 && failure.code < 500;
}

export function startEarlier(ports: Ports, store: ChatStore, follower: Follower): Earlier {
  const { service } = ports;
  const known = new Map<string, Conversation>();
  /** Conversations read from the archive. */
  const archived = new Set<string>();
  let archive: Promise<Archive> | null = null;
  let archiveIsRead = !service.authenticated;

  /** The present one is; another one was while it was the present one, or has been asked for. */
  function isShown({ id, dialogs }: Conversation): boolean {
    if (id === store.getState().conversation?.id || archived.has(id)) return true;
    return messageDialogs({ dialogs }).every((dialog) => follower.knows(dialog.id));
  }

  function next(): Conversation | undefined {
    return [...known.values()].filter((one) => !isShown(one)).sort((a, b) => b.startedAt - a.startedAt)[0];
  }

  function update(): void {
    const { earlier } = store.getState();
    const now = next() || !archiveIsRead ? 'some' : 'none';
    if (earlier !== 'loading' && earlier !== now) store.setState({ earlier: now });
  }

  function placed(transcript: Transcript, conversationId: string, dialogIds: readonly string[]): Transcript {
    const startedAt = known.get(conversationId)?.startedAt ?? 0;
    const later = [...known.values()].filter((other) => other.startedAt > startedAt).flatMap(messageDialogs);
    const ids = later.map(({ id }) => id);
    return placedBefore(transcript, dialogIds, ids);
  }

  async function read({ id, dialogs }: Conversation): Promise<void> {
    const ids = messageDialogs({ dialogs }).map((dialog) => dialog.id);
    store.setState(({ transcript }) => ({ transcript: placed(transcript, id, ids) }));
    await Promise.all(ids.map((dialogId) => follower.follow(id, dialogId)));
  }

  async function readArchive(): Promise<void> {
    archive ??= ports.loadArchive();
    const past = await (await archive).next((id) => !archived.has(id) && !known.has(id));
    archiveIsRead = past === null;
    if (!past) return;
    archived.add(past.id);
    const events = service.asShown?.(past.events) ?? past.events;
    const ids = [...new Set(events.map(({ dialogId }) => dialogId))];
    store.setState(({ transcript, me }) => ({ transcript: heard(placedFirst(transcript, ids), events, me) }));
  }

  async function readNext(): Promise<void> {
    store.setState({ earlier: 'loading' });
    const conversation = next();
    try {
      await (conversation ? read(conversation) : readArchive());
    } catch (error) {
      // A connection that went and a service that is busy are another try; one that refuses has nothing for this consumer.
      archive = null;
      if (!conversation && isFinal(failureOf(error))) archiveIsRead = true;
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
    placed,
    async readSince(at) {
      const recent = [...known.values()].filter((one) => !isShown(one) && one.updatedAt >= at - SKEW);
      await Promise.all(recent.map(read));
      update();
    },
    forget() {
      known.clear();
      archived.clear();
      archive = null;
      archiveIsRead = !service.authenticated;
    },
    show() {
      if (store.getState().earlier === 'some') void readNext();
    },
  };
}
