import { activeDialog, conversationAfter, messageDialogs } from '../model/conversation.ts';
import { advancedBy, completed, hasGap, type Progress, UNHEARD } from '../model/progress.ts';
import { heard } from '../model/transcript.ts';
import { FailureError, OFFLINE } from '../protocol/failure.ts';
import type { ConversationChange, MessagingEvent } from '../protocol/types.ts';
import type { ChatStore } from '../store/store.ts';
import type { Ports } from './ports.ts';

/** Ms to wait for a back-log notification once the subscription is granted; a service may send none for an empty one. */
const BACKLOG_WITHIN = 1_500;

/** Tries of the first subscriptions on a connection, and ms between them. */
const SYNC_TRIES = 3;
const SYNC_AGAIN = 2_000;

/** Ms in which an event that was overtaken may still arrive by itself. */
const GAP_PATIENCE = 300;

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
  dispose(): void;
}

/** One connection's life: what has been subscribed on it, and whether the back-log is in. */
interface Sync {
  readonly dialogs: Set<string>;
  readonly done: Promise<void>;
  settle(): void;
  fail(): void;
  awaiting: Set<string>;
}

function createSync(): Sync {
  let settle = () => {};
  let reject = (_: FailureError) => {};
  const done = new Promise<void>((yes, no) => {
    settle = yes;
    reject = no;
  });
  done.catch(() => {});
  return { dialogs: new Set(), done, settle, fail: () => reject(new FailureError(OFFLINE)), awaiting: new Set() };
}

export function startSession(ports: Ports, store: ChatStore): Session {
  const { service, clock } = ports;
  let sync = createSync();
  let opening: Promise<Place> | null = null;
  let firstList: (() => void) | null = null;
  let cancelGapCheck: (() => void) | null = null;
  const progress = new Map<string, Progress>();

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
    if (mine !== sync) return;
    const { conversation } = store.getState();
    if (conversation) await Promise.all(messageDialogs(conversation).map((d) => follow(mine, conversation.id, d.id)));
    mine.settle();
  }

  /** A connection that goes takes its subscriptions along; one that stays and refuses them is asked again. */
  function catchUp(mine: Sync, tries: number): void {
    subscribeAll(mine).catch(() => {
      if (mine !== sync || service.status().at !== 'online') mine.fail();
      // Without its back-log a chat can still send; nothing better is to be had from this service.
      else if (tries <= 1) mine.settle();
      else clock.after(SYNC_AGAIN, () => catchUp(mine, tries - 1));
    });
  }

  /** Subscribes to a dialog once per connection, from the first event not yet heard. */
  async function follow(mine: Sync, conversationId: string, dialogId: string): Promise<void> {
    if (mine.dialogs.has(dialogId)) return;
    mine.dialogs.add(dialogId);
    mine.awaiting.add(dialogId);
    const fromSeq = progress.get(dialogId)?.next ?? 0;
    await service.request('ms.SubscribeMessagingEvents', { fromSeq, dialogId, conversationId });
    await firstWord(mine, dialogId);
    // A long back-log comes in several frames. Frames keep their order, so an answer asked for now comes after the last.
    await service.request('GetClock', undefined);
    progress.set(dialogId, completed(progress.get(dialogId) ?? UNHEARD));
  }

  /** The first notification of a dialog; a service may send none where there is nothing to tell. */
  function firstWord(mine: Sync, dialogId: string): Promise<void> {
    return new Promise((resolve) => {
      const stop = clock.after(BACKLOG_WITHIN, end);
      const unlisten = service.on('messages', check);
      function check() {
        if (!mine.awaiting.has(dialogId)) end();
      }
      function end() {
        stop();
        unlisten();
        mine.awaiting.delete(dialogId);
        resolve();
      }
      check();
    });
  }

  /** Gaps are asked for, not guessed: an event that was overtaken is given a moment, then the dialog is read again. */
  function noteProgress(events: readonly MessagingEvent[]): void {
    for (const { dialogId, sequence } of events) {
      if (sequence !== null) progress.set(dialogId, advancedBy(progress.get(dialogId) ?? UNHEARD, sequence));
    }
    if (cancelGapCheck || ![...progress.values()].some(hasGap)) return;
    cancelGapCheck = clock.after(GAP_PATIENCE, () => {
      cancelGapCheck = null;
      for (const [dialogId, heardSoFar] of progress) if (hasGap(heardSoFar)) reread(dialogId).catch(() => {});
    });
  }

  async function reread(dialogId: string): Promise<void> {
    const { conversation } = store.getState();
    if (!conversation || !messageDialogs(conversation).some(({ id }) => id === dialogId)) return;
    sync.dialogs.delete(dialogId);
    await follow(sync, conversation.id, dialogId);
  }

  function followNew(): void {
    const { conversation } = store.getState();
    if (!conversation || service.status().at !== 'online') return;
    for (const dialog of messageDialogs(conversation)) {
      if (dialog.open) follow(sync, conversation.id, dialog.id).catch(() => {});
    }
  }

  function conversationsChanged(changes: readonly ConversationChange[]): void {
    store.setState((state) => ({ conversation: changes.reduce(conversationAfter, state.conversation) }));
    firstList?.();
    if (changes.length > 0) followNew();
  }

  const stops = [
    service.on('status', (connection) => {
      store.setState({ connection, me: service.me() });
      if (connection.at !== 'online') {
        sync.fail();
        return;
      }
      sync = createSync();
      catchUp(sync, SYNC_TRIES);
    }),
    service.on('conversations', conversationsChanged),
    service.on('messages', ({ events, dialogId }) => {
      if (dialogId !== null) sync.awaiting.delete(dialogId);
      for (const event of events) sync.awaiting.delete(event.dialogId);
      store.setState((state) => ({ transcript: heard(state.transcript, events, state.me) }));
      noteProgress(events);
    }),
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
    async resync() {
      const dialog = activeDialog(store.getState().conversation);
      if (dialog) await reread(dialog.id).catch(() => {});
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
      cancelGapCheck?.();
      sync.fail();
    },
  };
}
