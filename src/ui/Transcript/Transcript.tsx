import { useLayoutEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { idsOf, isOpen, lightboxOf, newFromOf, unreadOf } from '../../store/selectors.ts';
import { useActions, useChat, useChatState } from '../context.ts';
import { DownIcon } from '../icons/viewIcons.tsx';
import { useViewWords } from '../viewWords.tsx';
import { Ending, Typing } from './Lines.tsx';
import { Rows } from './Rows.tsx';
import { leftOf } from './reader.ts';
import { useFocusedRow, useReader } from './useReader.ts';
import { useSeen } from './useSeen.ts';

/** Px below the upper edge at which the first unread message stands on opening: its line is above it. */
const NEW_AT = 72;
/** Px of the way to the end that are seen to pass. */
const GLIDE = 300;

export function Transcript() {
  const { store } = useChat();
  const words = useViewWords();
  const actions = useActions();
  const ids = useChatState(idsOf);
  const newFrom = useChatState(newFromOf);
  const open = useChatState(isOpen);
  const photo = useChatState(lightboxOf);
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { focused, onFocus, onBlur } = useFocusedRow();
  // A photo that is shown large gets the focus back.
  const { reader, painted, atEnd } = useReader(scroller, content, ids, focused ?? photo);
  useSeen(scroller, content, painted.main);

  // Opening is at the first unread message; else where the reader was. What turns out to have been read keeps nobody.
  const lastNewFrom = useRef(newFrom);
  useLayoutEffect(() => {
    const before = lastNewFrom.current;
    lastNewFrom.current = newFrom;
    if (open && newFrom !== null) reader.toRow(newFrom, NEW_AT);
    else if (open && before !== null) reader.toEnd();
  }, [open, newFrom, reader]);

  const last = ids.at(-1);
  useLayoutEffect(() => {
    if (last !== undefined && store.getState().transcript.byId.get(last)?.mine) reader.toEnd();
  }, [last, store, reader]);

  function jump() {
    const node = scroller.current;
    if (!node) return;
    const way = Math.min(GLIDE, leftOf(node));
    flushSync(() => reader.toEnd());
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    // All that passes is painted by now, so that the end is where it is expected.
    node.scrollTop -= way;
    node.scrollTo({ top: node.scrollHeight, behavior: 'smooth' });
  }

  function showEarlier() {
    const node = scroller.current;
    if (painted.main.start === 0) actions.showEarlier();
    else node?.scrollBy(0, -node.clientHeight);
  }

  return (
    <div className="transcript">
      <div
        className="scroller"
        role="log"
        aria-live="off"
        aria-label={words.conversation}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        tabIndex={0}
        ref={scroller}
        onFocus={onFocus}
        onBlur={onBlur}
        // At once: what is painted later than this frame is a hole in it.
        onScroll={() => flushSync(() => reader.scrolled())}
      >
        <div className="rows" ref={content}>
          <Rows ids={ids} painted={painted} newFrom={newFrom} onEarlier={showEarlier} />
          <Typing />
          <Ending />
        </div>
      </div>
      {!atEnd && <Jump onJump={jump} />}
    </div>
  );
}

function Jump({ onJump }: { onJump: () => void }) {
  const words = useViewWords();
  const count = useChatState((s) => unreadOf(s).length);
  return (
    <button type="button" className="jump" data-unread={count > 0} onClick={onJump}>
      <DownIcon />
      {count > 0 ? words.jump(count) : <span className="hidden-text">{words.jump(0)}</span>}
    </button>
  );
}
