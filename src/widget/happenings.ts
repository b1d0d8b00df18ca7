import type { ChatState } from '../store/state.ts';
import type { LaterWorld } from './later.ts';

type Attachments = ChatState['attachments'];

/** Under way: signing it is already part of sending it, while waiting for its turn is not. */
const MOVING = ['signing', 'uploading', 'verifying', 'publishing'];

/** How an upload that was under way has ended, if it has. */
function endOf(attachments: Attachments, id: string): 'published' | 'failed' | 'cancelled' | null {
  const at = attachments.get(id)?.at ?? 'cancelled';
  return at === 'published' || at === 'failed' || at === 'cancelled' ? at : null;
}

/**
 * Tells of what happens in a conversation, for the page. It reads successive states, those that were before it came first, so
 * that each thing is told once, whatever has caused it and however often the service repeats it.
 */
export function startHappenings({ store, place, root }: LaterWorld, missed: readonly ChatState[]): () => void {
  /** Own messages that wait for their number. */
  const waiting = new Set<string>();
  const received = new Set<string>();
  const moving = new Set<string>();
  let present: { id: string; open: boolean } | null = null;
  let last: ChatState | null = null;

  function conversations({ conversation }: ChatState): void {
    if (conversation?.id === present?.id && conversation?.open === present?.open) return;
    // Forgotten or gone on to the next one: the one before is over for this page.
    if (present?.open && (conversation?.id !== present.id || !conversation.open)) {
      place.tell('conversationend', { conversationId: present.id });
    }
    const wasOpen = present?.open === true && present.id === conversation?.id;
    present = conversation && { id: conversation.id, open: conversation.open };
    if (conversation?.open && !wasOpen) place.tell('conversationstart', { conversationId: conversation.id });
  }

  function messages(state: ChatState): void {
    const { transcript, unread } = state;
    const detail = { conversationId: state.conversation?.id ?? null };
    for (const id of waiting) {
      const message = transcript.byId.get(id);
      if (message?.sequence === null) continue;
      waiting.delete(id);
      if (message) place.tell('messagesent', detail);
    }
    // What waits for its number stands at the end.
    for (let at = transcript.ids.length - 1; at >= 0; at -= 1) {
      const id = transcript.ids[at] ?? '';
      const message = transcript.byId.get(id);
      if (message?.sequence !== null) break;
      if (message.mine) waiting.add(id);
    }
    for (const id of unread) {
      if (received.has(id)) continue;
      received.add(id);
      place.tell('messagereceived', detail);
    }
  }

  function uploads({ attachments, conversation }: ChatState): void {
    const conversationId = conversation?.id ?? null;
    for (const [id, { at }] of attachments) {
      if (!MOVING.includes(at) || moving.has(id)) continue;
      moving.add(id);
      place.tell('uploadstart', { conversationId });
    }
    for (const id of moving) {
      const reason = endOf(attachments, id);
      if (reason === null) continue;
      moving.delete(id);
      place.tell('uploadend', { conversationId, reason });
    }
  }

  function look(state: ChatState): void {
    const before = last;
    last = state;
    if (state.conversation !== before?.conversation) conversations(state);
    if (state.transcript !== before?.transcript || state.unread !== before?.unread) messages(state);
    if (state.attachments !== before?.attachments) uploads(state);
  }

  function followed(event: Event): void {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link?.href) return;
    if (!place.tell('linkclick', { sameOrigin: link.origin === location.origin }, true)) event.preventDefault();
  }

  for (const state of missed) look(state);
  const stop = store.subscribe(look);
  root.addEventListener('click', followed);
  return () => {
    stop();
    root.removeEventListener('click', followed);
  };
}
