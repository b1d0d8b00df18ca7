import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Desk } from './desk.ts';
import { activeAt, orderOf, unreadOf } from './selectors.ts';
import type { Thread } from './threads.ts';
import { consumerWords, snippetWords, timeWords } from './words.ts';

/** All conversations, newest first, ended ones last. */
export function ConversationList({ desk }: { desk: Desk }) {
  const ids = useStore(
    desk.store,
    useShallow((state) => orderOf(state.threads)),
  );
  const online = useStore(desk.store, (state) => state.link.at === 'online');
  return (
    <nav className="list" aria-labelledby="conversations">
      <h2 id="conversations">Conversations</h2>
      <ul aria-label="Conversations">
        {ids.map((id) => (
          <Row key={id} desk={desk} id={id} />
        ))}
      </ul>
      {ids.length === 0 && online && <p className="hint">Nobody has written yet. Open the brand page and say hello.</p>}
    </nav>
  );
}

function Row({ desk, id }: { desk: Desk; id: string }) {
  const thread = useStore(desk.store, (state) => state.threads.get(id));
  const current = useStore(desk.store, (state) => state.selected === id);
  if (!thread) return null;
  const { open } = thread.conversation;
  return (
    <li>
      <button
        type="button"
        className="row"
        data-conversation={id}
        data-open={open}
        aria-current={current ? 'true' : undefined}
        onClick={() => desk.select(id)}
      >
        <span className="who">{consumerWords(thread.conversation)}</span>
        <span className="when">{open ? timeWords(activeAt(thread)) : 'Ended'}</span>
        <span className="snippet" data-typing={thread.typing}>
          {snippetWords(thread)}
        </span>
        <Unread thread={thread} />
      </button>
    </li>
  );
}

function Unread({ thread }: { thread: Thread }) {
  const count = unreadOf(thread).length;
  return count === 0 ? null : (
    <span className="unread">
      {count}
      <span className="hidden"> unread</span>
    </span>
  );
}
