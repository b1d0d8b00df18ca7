import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { earlierOf, idsOf, isOpen, newFromOf, unreadOf } from '../../store/selectors.ts';
import { useActions, useChat, useChatState } from '../context.ts';
import { DownIcon } from '../icons/viewIcons.tsx';
import { useViewWords } from '../viewWords.tsx';
import { Ending, Typing } from './Lines.tsx';
import { firstWords } from './place.ts';
import { Row } from './Row.tsx';
import { rowOf, useAnchor, useSticking } from './useScroll.ts';
import { useSeen } from './useSeen.ts';
import { useWindow } from './useWindow.ts';

/** Px from the top within which scrolling up reveals earlier rows. */
const REVEAL_WITHIN = 80;

export function Transcript() {
  const { store } = useChat();
  const words = useViewWords();
  const ids = useChatState(idsOf);
  const newFrom = useChatState(newFromOf);
  const open = useChatState(isOpen);
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { atEnd, stuck, scrolled, place, toEnd, back } = useSticking(scroller, content);
  const { start, reveal } = useWindow(ids, newFrom, stuck);
  const hold = useAnchor(scroller, content, ids[start]);
  const joins = useMemo(() => firstWords(ids, store.getState().transcript.byId), [ids, store]);
  useSeen(scroller, content, ids);

  const actions = useActions();
  const earlier = useChatState(earlierOf);
  // Rows of this page's memory first, then the conversations before them.
  const hasEarlier = start > 0 || earlier !== 'none';

  function showEarlier() {
    hold();
    if (start > 0) reveal();
    else actions.showEarlier();
  }

  function onScroll() {
    const wentUp = scrolled();
    if (wentUp && start > 0 && (scroller.current?.scrollTop ?? 0) < REVEAL_WITHIN) showEarlier();
  }

  // Opening is at the first unread message, its line a little below the top; else where the reader was.
  useLayoutEffect(() => {
    if (!open || !content.current || !scroller.current) return;
    const row = newFrom === null ? undefined : rowOf(content.current, newFrom);
    if (!row) return back();
    toEnd(false);
    const above = row.getBoundingClientRect().top - scroller.current.getBoundingClientRect().top - 72;
    if (above < 0) place(scroller.current.scrollTop + above);
  }, [open, newFrom, toEnd, place, back]);

  const last = ids.at(-1);
  useEffect(() => {
    if (last !== undefined && store.getState().transcript.byId.get(last)?.mine) toEnd(false);
  }, [last, store, toEnd]);

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
        onScroll={onScroll}
      >
        <div className="rows" ref={content}>
          {hasEarlier && (
            <button
              type="button"
              className="earlier"
              aria-disabled={start === 0 && earlier === 'loading'}
              onClick={showEarlier}
            >
              {start === 0 && earlier === 'loading' ? words.loadingEarlier : words.showEarlier}
            </button>
          )}
          {ids.slice(start).map((id, index) => {
            const at = start + index;
            const next = ids[at + 1];
            return (
              <Row
                key={id}
                id={id}
                previous={ids[at - 1]}
                next={next}
                joined={joins.has(id)}
                isNew={newFrom === id}
                breaksAfter={next !== undefined && (next === newFrom || joins.has(next))}
              />
            );
          })}
          <Typing />
          <Ending />
        </div>
      </div>
      {!atEnd && <Jump onJump={() => toEnd(true)} />}
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
