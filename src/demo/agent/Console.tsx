import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { ConversationList } from './ConversationList.tsx';
import type { Desk } from './desk.ts';
import { Icon } from './Icon.tsx';
import { Room } from './Room.tsx';
import { unreadOf } from './selectors.ts';
import { linkWords } from './words.ts';

/** The whole page: a line about the connection, the conversations, and the one that is open. */
export function Console({ desk }: { desk: Desk }) {
  const selected = useStore(desk.store, (state) => state.selected);
  useFocusOnReturn(selected);
  useUnreadTitle(desk);
  return (
    <div className="desk" data-view={selected === null ? 'list' : 'room'}>
      <TopBar desk={desk} />
      <main className="stage">
        <ConversationList desk={desk} />
        <div className="room">
          {selected === null ? (
            <p className="nothing">
              <strong>Choose a conversation.</strong> Opening it lets you take over from the scripted agent.
            </p>
          ) : (
            <Room key={selected} desk={desk} id={selected} />
          )}
        </div>
      </main>
      <Notice desk={desk} />
    </div>
  );
}

function TopBar({ desk }: { desk: Desk }) {
  const link = useStore(desk.store, (state) => state.link);
  return (
    <header className="bar">
      <span className="mark" aria-hidden="true">
        M
      </span>
      <h1>
        Meadow &amp; Co. <span>Agent console</span>
      </h1>
      <p className="link" data-at={link.at} role="status">
        {linkWords(link)}
      </p>
      {(link.at === 'waiting' || link.at === 'refused') && (
        <button type="button" className="plain" onClick={desk.reconnect}>
          Connect now
        </button>
      )}
      <a href="/" className="away">
        Brand page
      </a>
    </header>
  );
}

function Notice({ desk }: { desk: Desk }) {
  const notice = useStore(desk.store, (state) => state.notice);
  return (
    <div className="notice" role="alert">
      {notice !== null && (
        <p>
          {notice}
          <button type="button" className="round" aria-label="Dismiss" onClick={desk.dismissNotice}>
            <Icon name="close" />
          </button>
        </p>
      )}
    </div>
  );
}

/** Leaving a conversation takes its controls away: the focus goes back to where it was opened. */
function useFocusOnReturn(selected: string | null): void {
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (selected === null && last.current !== null) {
      document.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(last.current)}"]`)?.focus();
    }
    last.current = selected;
  }, [selected]);
}

/** How much waits, where a tab in the background can still be seen to say it. */
function useUnreadTitle(desk: Desk): void {
  const unread = useStore(desk.store, ({ threads }) => [...threads.values()].flatMap(unreadOf).length);
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}Agent console · Meadow & Co.`;
  }, [unread]);
}
