import { activeDialog, conversationAfter, messageDialogs } from '../model/conversation.ts';
import { heard } from '../model/transcript.ts';
import { FailureError, OFFLINE } from '../protocol/failure.ts';
import type { ConversationChange, Dialog } from '../protocol/types.ts';
import type { ChatStore } from '../store/store.ts';
import { startEarlier } from './earlier.ts';
import { BACKLOG_WITHIN, startFollower } from './follower.ts';
import type { Ports } from './ports.ts';

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
  /** Settles when the back-log of the present connection has been read; rejects when the connection goes first. */
  synced(): Promise<void>;
  /** Reads the present dialog's back-log again: settles the doubt of a publish that was never answered. */
  resync(): Promise<void>;
  end(): Promise<void>;
  /** Reads the conversation before the oldest one shown. */
  showEarlier(): void;
  dispose(): void;
}

/** A promise that others settle; nobody need be listening when it fails. */
interface Sync {
  readonly done: Promise<void>;
  settle(): void;
  fail(): void;
}

function createSync(): Sync {
  let settle = () => {};
  let reject = (_: FailureError) => {};
  const done = new Promise<void>((yes, no) => {
    settle = yes;
    reject = no;
  });
  done.catch(() => {});
  return { done, settle, fail: () => reject(new FailureError(OFFLINE)) };
}

export function startSession(ports: Ports, store: ChatStore): Session {
  const { service, clock } = ports;
  // The transcript hears before anybody who asks how far it has come.
  const stopHearing = service.on('messages', ({ events }) => {
    store.setState((state) => ({ transcript: heard(state.transcript, events, state.me) }));
  });
  const follower = startFollower(service, clock);
  const earlier = startEarlier(ports, store, follower);
  /** The state of being in step, of the present connection. */
  let sync = createSync();
  let opening: Promise<Place> | null = null;
  let firstList: (() => void) | null = null;

  async function subscribeAll(mine: Sync): Promise<void> {
    const listed = new Promise<void>((resolve) => {
      const stop = clock.after(BACKLOG_WITHIN, resolve);
      firstList = () => {
        stop();
        resolve();
      };
    });
    await service.request('cqm.SubscribeExConversations', {
      convState: ['OPEN', 'CLOSE'],
      stage: ['OPEN', 'CLOSE'],
      minLastUpdatedTime: 0,
    });
    await listed;
    await followAll(() => true);
    mine.settle();
  }

  /** A connection that goes takes its subscriptions along; one that stays and refuses them is asked again. */
  function catchUp(mine: Sync, tries: number): void {
    subscribeAll(mine).catch(() => {
      if (mine !== sync || service.status().at !== 'online') mine.fail();
      // Without its back-log a chat can still send; nothing better is to be had from this service.
      else if (tries <= 1) mine.settle();
      else clock.after(SYNC_AGAIN, () => mine === sync && catchUp(mine, tries - 1));
    });
  }

  async function followAll(which: (dialog: Dialog) => boolean): Promise<void> {
    const { conversation } = store.getState();
    if (!conversation) return;
    const dialogs = messageDialogs(conversation).filter(which);
    await Promise.all(dialogs.map(({ id }) => follower.follow(conversation.id, id)));
  }

  function conversationsChanged(changes: readonly ConversationChange[]): void {
    earlier.learn(changes);
    store.setState((state) => ({ conversation: changes.reduce(conversationAfter, state.conversation) }));
    earlier.update();
    firstList?.();
    if (service.status().at === 'online') followAll(({ open }) => open).catch(() => {});
  }

  const stops = [
    service.on('status', (connection) => {
      store.setState({ connection, me: service.me() });
      sync.fail();
      if (connection.at !== 'online') return;
      sync = createSync();
      follower.renew();
      catchUp(sync, SYNC_TRIES);
    }),
    service.on('conversations', conversationsChanged),
  ];

  async function open(): Promise<Place> {
    const { conversationId } = await service.request('cm.ConsumerRequestConversation', {
      channelType: 'MESSAGING',
      brandId: ports.account,
      ttrDefName: 'NORMAL',
      conversationContext: { type: 'SharkContext', lang: ports.locale },
    });
    // The main dialog's id is the conversation's (PROTOCOL §0); the metadata may still be on its way.
    const place = { conversationId, dialogId: conversationId };
    const now = clock.now();
    const dialog = { id: conversationId, type: 'MAIN', channel: 'MESSAGING', open: true, closedBy: null };
    conversationsChanged([
      {
        type: 'upsert',
        conversation: {
          id: conversationId,
          open: true,
          closeReason: null,
          dialogs: [dialog],
          participants: [],
          startedAt: now,
          // Any word of the service on it is newer.
          updatedAt: 0,
        },
      },
    ]);
    return place;
  }

  return {
    async place() {
      // Before the metadata is in, an open conversation of this consumer may still be unknown.
      await sync.done;
      const { conversation } = store.getState();
      const dialog = activeDialog(conversation);
      if (conversation && dialog) return { conversationId: conversation.id, dialogId: dialog.id };
      opening ??= open().finally(() => {
        opening = null;
      });
      return opening;
    },
    synced: () => sync.done,
    showEarlier: earlier.show,
    async resync() {
      const dialog = activeDialog(store.getState().conversation);
      if (dialog) await follower.reread(dialog.id).catch(() => {});
    },
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
      stopHearing();
      sync.fail();
    },
  };
}
