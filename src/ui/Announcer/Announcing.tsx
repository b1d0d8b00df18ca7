import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ChatState } from '../../store/state.ts';
import { useChat } from '../context.ts';
import type { Words } from '../words/words.ts';

function connectionNews(state: ChatState, before: ChatState, words: Words): string {
  const { connection } = state;
  if (connection.at === before.connection.at) return '';
  if (connection.at === 'waiting' && before.connection.at === 'online') return words.keepsMessages;
  return connection.at === 'refused' ? words.refusedToConnect(connection.why) : '';
}

/** Tells screen readers of the connection; of all else once the views are here, which come before there is anything to tell. */
export function Announcing() {
  const { store, later, announcer, words } = useChat();
  const arrival = useStore(later.arrival);
  const [history] = useState(() => store.getState().unread);
  useEffect(
    () =>
      store.subscribe((state, before) => {
        const news = connectionNews(state, before, words);
        if (news !== '') announcer?.say(news);
      }),
    [store, announcer, words],
  );
  if (arrival.at !== 'here') return null;
  const { Announcements, Speaking } = arrival.views;
  return (
    <Speaking>
      <Announcements history={history} />
    </Speaking>
  );
}
