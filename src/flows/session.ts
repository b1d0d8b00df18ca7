import { activeDialog, conversationAfter, messageDialogs } from '../model/conversation.ts';
import { isConfirmed, lastNumberIn, orphaned, reconciled } from '../model/forgotten.ts';
import type { Transcript } from '../model/message.ts';
import { heard } from '../model/transcript.ts';
import { failureOf } from '../protocol/failure.ts';
import type { ConversationChange, Dialog } from '../protocol/types.ts';
import type { ChatStore } from '../store/store.ts';
import { startEarlier } from './earlier.ts';
import { FIRST_WORD_WITHIN, type Known, startFollower } from './follower.ts';
import { startOpening } from './opening.ts';
import type { Ports } from './ports.ts';
import { createSync, type Sync } from './sync.ts';

/** Tries of the first subscriptions on a connection, and ms between them. */
const SYNC_TRIES = 3;
const SYNC_AGAIN = 2_000;

/** Where messages go. */
export interface Place {
  readonly conversationId: string;
  readonly dialogId: string;
}

/** Keeps the conversation and its messages in step with the service, over every reconnection. */
export interface Session {
  /** The open dialog once the back-log is in, made by asking for a conversation where there is none. Rejects with FailureError. */
  place(): Promise<Place>;
  /** The open dialog if the back-log is in: the usual case, told without waiting. */
  here(): Place | null;
  /**
   * Settles when the back-log of the present connection has been read; rejects when the connection goes first. False where
   * the service refuses to give it: then nothing can be proved by it.
   */
  synced(): Promise<boolean>;
  /** Reads conversations and back-logs again, which settles the doubt of a request that was never answered. */
  resync(): void;
  /** Reads every conversation in which something has happened since then (epoch ms). Rejects with FailureError. */
  readSince(at: number): Promise<void>;
  end(): Promise<void>;
  /** Reads the conversation before the oldest one shown. */
  showEarlier(): void;
  dispose(): void;
}

export function startSession(ports: Ports, store: ChatStore): Session {
  const { service, clock } = ports;
  // The transcript hears before anybody who asks how far it has come.
  const stopHearing = service.on('messages', ({ events }) => {
    store.setState((state) => ({ transcript: heard(state.transcript, events, state.me) }));
  });
  const known: Known = {
    last: (dialogId) => lastNumberIn(store.getState().transcript, dialogId),
    confirmed(dialogId, sequence, events) {
      const { transcript, me } = store.getState();
      return isConfirmed(transcript, { dialogId, sequence }, events, me);
    },
    reconcile(dialogId, events) {
      store.setState(({ transcript, me, unread }) => {
        const now = reconciled(transcript, dialogId, events, me);
        return { transcript: now, unread: unread.filter((id) => now.byId.has(id)) };
      });
    },
  };
  const follower = startFollower(service, clock, known, askAgain);
  const earlier = startEarlier(ports, store, follower);
  const opening = startOpening(ports, {
    present,
    caughtUp,
    opened: (change) => conversationsChanged([change]),
    doubted: startSync,
  });
  /** The state of being in step, of the present connection. */
  let sync = createSync();
  let inStep = false;
  let firstList: (() => void) | null = null;
  /** Conversations that the present connection has told of. */
  let listed = new Set<string>();

  async function subscribeAll(): Promise<void> {
    let stop = () => {};
    listed = new Set();
    const list = new Promise<boolean>((resolve) => {
      firstList = () => resolve(true);
    });
    // What is known already is read at once: a round trip less until a cut conversation is whole again.
    const early = followAll(() => true);
    early.catch(() => {});
    await service.request('cqm.SubscribeExConversations', {
      convState: ['OPEN', 'CLOSE'],
      stage: ['OPEN', 'CLOSE'],
      minLastUpdatedTime: 0,
    });
    const late = new Promise<boolean>((resolve) => {
      stop = clock.after(FIRST_WORD_WITHIN, () => resolve(false));
    });
    const told = await Promise.race([list, late]);
    stop();
    await followAll(() => true).catch((error: unknown) => {
      if (!told || failureOf(error).delivery !== 'refused' || !isUnlisted()) throw error;
      bury();
    });
    await finishReading(follower.left());
  }

  function isUnlisted(): boolean {
    const { conversation } = store.getState();
    return conversation !== null && !listed.has(conversation.id);
  }

  /** Neither in the list nor to be read: as far as the service knows there is no such conversation (docs/PROTOCOL O7). */
  function bury(): void {
    store.setState(({ conversation, transcript }) => {
      if (!conversation) return {};
      const dialogIds = messageDialogs(conversation).map(({ id }) => id);
      return {
        conversation: conversationAfter(conversation, { type: 'delete', conversationId: conversation.id }),
        transcript: orphaned(transcript, dialogIds),
      };
    });
  }

  /** Another tab may have gone on to a new conversation before this one had heard the old one's last words. */
  async function finishReading(left: readonly Place[]): Promise<void> {
    const place = (transcript: Transcript, { conversationId, dialogId }: Place) =>
      earlier.placed(transcript, conversationId, [dialogId]);
    store.setState(({ transcript }) => ({ transcript: left.reduce(place, transcript) }));
    const read = ({ conversationId, dialogId }: Place) =>
      follower.follow(conversationId, dialogId).catch((error: unknown) => {
        // Old ones are deleted in time.
        if (failureOf(error).delivery !== 'refused') throw error;
      });
    await Promise.all(left.map(read));
  }

  /**
   * A connection that goes takes its subscriptions along. One that stays and says nothing is asked again for as long as it
   * stays, because what is in doubt must not be sent again before.
   */
  function catchUp(mine: Sync, tries: number): void {
    subscribeAll().then(
      () => {
        if (mine === sync) inStep = true;
        mine.settle(true);
      },
      (error: unknown) => {
        const refused = failureOf(error).delivery === 'refused';
        if (mine !== sync || service.status().at !== 'online') mine.fail();
        // Without its back-log a chat can still send; nothing better is to be had from this service.
        else if (refused && tries <= 1) mine.settle(false);
        else clock.after(SYNC_AGAIN, () => mine === sync && catchUp(mine, refused ? tries - 1 : tries));
      },
    );
  }

  function startSync(): void {
    inStep = false;
    sync.fail();
    if (service.status().at !== 'online') return;
    sync = createSync();
    follower.renew();
    catchUp(sync, SYNC_TRIES);
  }

  /** Nothing is heard of a dialog whose subscription was lost. */
  function askAgain(error: unknown): void {
    if (failureOf(error).kind === 'timeout') startSync();
  }

  async function followAll(which: (dialog: Dialog) => boolean): Promise<void> {
    const { conversation } = store.getState();
    if (!conversation) return;
    const dialogs = messageDialogs(conversation).filter(which);
    await Promise.all(dialogs.map(({ id }) => follower.follow(conversation.id, id)));
  }

  function conversationsChanged(changes: readonly ConversationChange[]): void {
    earlier.learn(changes);
    for (const change of changes) if (change.type === 'upsert') listed.add(change.conversation.id);
    store.setState((state) => ({ conversation: changes.reduce(conversationAfter, state.conversation) }));
    earlier.update();
    firstList?.();
    if (service.status().at === 'online') followAll(({ open }) => open).catch(askAgain);
  }

  const stops = [
    service.on('status', (connection) => {
      store.setState({ connection, me: service.me() });
      if (connection.at === 'idle') {
        follower.forget();
        earlier.forget();
      }
      startSync();
    }),
    service.on('conversations', conversationsChanged),
  ];

  // A connection that stands already has nothing to tell any more.
  if (service.status().at === 'online') startSync();

  /** Where messages go, as far as is known. */
  function present(): Place | null {
    const { conversation } = store.getState();
    const dialog = activeDialog(conversation);
    return conversation && dialog ? { conversationId: conversation.id, dialogId: dialog.id } : null;
  }

  /** Reads everything again. */
  async function caughtUp(): Promise<void> {
    startSync();
    await sync.done;
  }

  return {
    async place() {
      // Before the metadata is in, an open conversation of this consumer may still be unknown.
      await sync.done;
      return present() ?? opening.place();
    },
    here: () => (inStep ? present() : null),
    synced: () => sync.done,
    showEarlier: earlier.show,
    resync: startSync,
    readSince: earlier.readSince,
    async end() {
      const { conversation } = store.getState();
      const dialog = activeDialog(conversation);
      if (!conversation || !dialog) return;
      // Closing the dialog, not the conversation, lets a survey follow (PROTOCOL §7).
      await service.request('cm.UpdateConversationField', {
        conversationId: conversation.id,
        conversationField: {
          field: 'DialogChange',
          type: 'UPDATE',
          dialog: { dialogId: dialog.id, state: 'CLOSE', closedCause: 'Closed by consumer' },
        },
      });
    },
    dispose() {
      for (const stop of stops) stop();
      follower.dispose();
      opening.dispose();
      stopHearing();
      sync.fail();
    },
  };
}
