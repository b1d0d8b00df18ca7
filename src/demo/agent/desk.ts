import type { AgentEvent } from '../../protocol/agent.ts';
import { failureOf } from '../../protocol/failure.ts';
import type { HostedFile } from '../../protocol/types.ts';
import { type AgentLink, startAgentLink } from './agentLink.ts';
import { changes, createDeskStore, type DeskStore } from './agentStore.ts';
import { startDownloads } from './downloads.ts';
import { sentence, startOutbox } from './outbox.ts';
import { startReceipts } from './receipts.ts';
import { joined } from './selectors.ts';
import type { SignIn } from './signIn.ts';
import { startTyping } from './typing.ts';

/** What a person at the console can do. */
export interface Desk {
  readonly store: DeskStore;
  /** Shows a conversation and, while it is open, joins it; null shows none. Sending joins too: a colleague may have taken over. */
  select(id: string | null): void;
  reply(id: string, text: string): void;
  sendFiles(id: string, files: readonly File[]): void;
  typed(id: string, text: string): void;
  retry(id: string, messageId: string): void;
  discard(id: string, messageId: string): void;
  end(id: string): void;
  address(relativePath: string, fresh?: boolean): Promise<string>;
  save(file: HostedFile): void;
  dismissNotice(): void;
  reconnect(): void;
  dispose(): void;
}

/** The agent's console without its looks: one link, one store, and the verbs. */
export function startDesk(account: SignIn, startLink: typeof startAgentLink = startAgentLink): Desk {
  const store = createDeskStore();
  let swift: string | null = null;
  /** The next notice of conversations is the first of a subscription. */
  let whole = true;
  /** Dialogs asked after on this connection. */
  const asked = new Set<string>();
  const link: AgentLink = startLink(account, {
    status: (status) => store.setState({ link: status }),
    online: (session, services) => {
      swift = services.swift;
      asked.clear();
      whole = true;
      store.setState({ me: [session.userPid, `${account.account}.${session.userId}`] });
      attempt(link.request('.ams.aam.SubscribeExConversations', { convState: ['OPEN', 'CLOSE'] }));
    },
    messages: hear,
    conversations: (list) => {
      changes.conversations(store, list, whole);
      catchUp();
      // Chosen while there was no connection, or the connection was lost before the answer.
      if (whole) joinShown();
      whole = false;
    },
  });
  const theLink = () => link;
  const outbox = startOutbox(theLink, store, () => swift);
  const downloads = startDownloads(theLink, () => swift);
  const typing = startTyping(theLink, store);
  const receipts = startReceipts(theLink, store, () => document.visibilityState === 'visible');
  const unsubscribe = store.subscribe(receipts.check);
  document.addEventListener('visibilitychange', receipts.check);
  window.addEventListener('online', link.reconnect);

  function attempt(request: Promise<unknown>): void {
    request.catch((error: unknown) => {
      const why = failureOf(error);
      // A lost connection is said once, by the line above the page, and what was asked for is asked for again.
      if (why.kind === 'refused' || why.kind === 'garbled') store.setState({ notice: sentence(why) });
    });
  }

  /**
   * Asks for what was said in every dialog that has not been asked after on this connection, from the first message on:
   * the highest sequence shown may be an own message that overtook others, and merging again changes nothing.
   */
  function catchUp(): void {
    for (const { conversation } of store.getState().threads.values()) {
      for (const dialog of conversation.dialogs) {
        if (dialog.channel !== 'MESSAGING' || asked.has(dialog.id)) continue;
        asked.add(dialog.id);
        const request = link.request('.ams.ms.QueryMessages', { dialogId: dialog.id, newerThanSequence: 0 });
        attempt(request.then(hear));
      }
    }
  }

  function hear(events: readonly AgentEvent[]): void {
    changes.messages(
      store,
      events.filter((event) => event.audience === 'ALL'),
    );
  }

  function join(id: string): void {
    const { threads, me } = store.getState();
    const thread = threads.get(id);
    if (!thread?.conversation.open || joined(thread, me)) return;
    attempt(
      link.request('.ams.cm.UpdateConversationField', {
        conversationId: id,
        conversationField: [{ field: 'ParticipantsChange', type: 'ADD', role: 'ASSIGNED_AGENT' }],
      }),
    );
  }

  function joinShown(): void {
    const { selected } = store.getState();
    if (selected !== null) join(selected);
  }

  return {
    store,
    select: (id) => {
      store.setState({ selected: id });
      joinShown();
    },
    reply: (id, text) => {
      typing.typed(id, '');
      if (text.trim() === '') return;
      join(id);
      outbox.text(id, text.trim());
    },
    sendFiles: (id, files) => {
      join(id);
      for (const file of files) outbox.file(id, file);
    },
    typed: typing.typed,
    retry: (id, messageId) => {
      join(id);
      outbox.retry(id, messageId);
    },
    discard: outbox.discard,
    end: (id) =>
      attempt(
        link.request('.ams.cm.UpdateConversationField', {
          conversationId: id,
          conversationField: [{ field: 'ConversationStateField', conversationState: 'CLOSE' }],
        }),
      ),
    address: downloads.address,
    save: (file) => attempt(downloads.save(file)),
    dismissNotice: () => store.setState({ notice: null }),
    reconnect: link.reconnect,
    dispose: () => {
      unsubscribe();
      document.removeEventListener('visibilitychange', receipts.check);
      window.removeEventListener('online', link.reconnect);
      typing.dispose();
      link.dispose();
    },
  };
}
