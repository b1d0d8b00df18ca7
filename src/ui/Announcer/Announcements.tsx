import { useEffect } from 'react';
import type { Attachment } from '../../model/attachment.ts';
import type { Message } from '../../model/message.ts';
import { outgoingOf } from '../../model/transcriptDraft.ts';
import type { ChatState } from '../../store/state.ts';
import { type Chat, useChat } from '../context.ts';
import { nameOf } from '../names.ts';
import { uploadFailure } from '../Upload/uploadFailure.ts';
import { useViewWords } from '../viewWords.tsx';
import type { ViewWords } from '../words/viewWords.ts';

/** Ms in which arriving messages are gathered into one sentence. */
const GATHER = 400;
/** More messages than this at once are counted instead of read. */
const READ_ALOUD = 2;
/** Ms before typing is told again. */
const TYPING_AGAIN = 30_000;

/** A message as it is heard: who, and what. */
function sentenceOf(message: Message, state: ChatState, words: ViewWords): string {
  const name = nameOf(message, state.agents, words);
  switch (message.body.type) {
    case 'text':
      return words.said(name, message.body.text);
    case 'file':
      return words.sentFile(name, message.body.file.caption || words.fileKind(message.body.file.fileType));
    case 'upload':
      return '';
    case 'unsupported':
      return words.said(name, words.unsupported);
  }
}

function newsOf(ids: readonly string[], state: ChatState, words: ViewWords): string {
  const messages = ids.map((id) => state.transcript.byId.get(id)).filter((message) => message !== undefined);
  const last = messages.at(-1);
  if (!last) return '';
  if (messages.length > READ_ALOUD) return words.newMessages(messages.length, nameOf(last, state.agents, words));
  return messages.map((message) => sentenceOf(message, state, words)).join(' ');
}

/** What newly went wrong, or well, with own messages and files; empty when nothing did. */
function failuresOf(state: ChatState, before: ChatState, words: ViewWords): string[] {
  const sentences: string[] = [];
  if (state.transcript !== before.transcript)
    // What the service has numbered has not failed.
    for (const id of outgoingOf(state.transcript)) {
      const old = before.transcript.byId.get(id)?.delivery;
      const message = state.transcript.byId.get(id);
      if (!message || message.delivery === old || !old || message.body.type === 'upload') continue;
      const { delivery } = message;
      if (delivery?.at === 'failed') sentences.push(words.notSent(words.failure(delivery.why, 'message')));
      if (delivery?.at === 'unsure') sentences.push(words.state('unsure', true));
    }
  if (state.attachments !== before.attachments)
    for (const [id, file] of state.attachments) {
      if (file.at === 'failed' && before.attachments.get(id)?.at !== 'failed')
        sentences.push(words.refusedFile(file.name, uploadFailure(file.why, state.fileSharing, words)));
    }
  return sentences;
}

/** Files of one's own that have just arrived. */
function arrivedOf(state: ChatState, before: ChatState): readonly Attachment[] {
  if (state.attachments === before.attachments) return [];
  return [...state.attachments.values()].filter(
    (file) => file.at === 'published' && before.attachments.get(file.id)?.at !== 'published',
  );
}

interface Ears {
  readonly chat: Chat;
  readonly words: ViewWords;
  /** What was unread when the panel came; it stays silent. */
  readonly history: readonly string[];
}

/** Listens to the store for as long as the panel lives. */
function announce({ chat, words, history }: Ears, say: (text: string, urgent?: boolean) => void): () => void {
  const { store, now } = chat;
  const told = new Set(history);
  let gathered: string[] = [];
  let timer = 0;
  let typingTold = 0;

  function tell() {
    const news = newsOf(gathered, store.getState(), words);
    gathered = [];
    timer = 0;
    if (news !== '') say(news);
  }

  function gather({ unread }: ChatState): void {
    for (const id of unread) {
      if (told.has(id)) continue;
      told.add(id);
      gathered.push(id);
      timer ||= window.setTimeout(tell, GATHER);
    }
  }

  gather(store.getState());
  const stop = store.subscribe((state, before) => {
    if (state.unread !== before.unread) gather(state);
    const failures = failuresOf(state, before, words);
    if (failures.length > 0) say(failures.slice(0, READ_ALOUD + 1).join(' '), true);
    for (const file of arrivedOf(state, before)) say(words.sentFile(words.you, file.name));
    const typist = state.typing[0];
    if (typist !== undefined && before.typing.length === 0 && now() - typingTold > TYPING_AGAIN) {
      typingTold = now();
      say(words.typingNow(state.agents.get(typist)?.nickname ?? words.agent));
    }
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

/** Tells screen readers what is new, each thing once (USERS §4.1). Nothing of the history is ever said. */
export function Announcements({ history }: { history: readonly string[] }) {
  const chat = useChat();
  const words = useViewWords();
  useEffect(() => {
    const { announcer } = chat;
    return announcer ? announce({ chat, words, history }, (text, urgent) => announcer.say(text, urgent)) : undefined;
  }, [chat, words, history]);
  return null;
}
