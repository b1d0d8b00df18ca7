import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { idsOf, isOpen, newFromOf, unreadOf } from '../../store/selectors.ts';
import { useChat, useChatState, useWords } from '../context.ts';
import { DownIcon } from '../icons/icons.tsx';
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
  const words = useWords();
  const ids = useChatState(idsOf);
  const newFrom = useChatState(newFromOf);
  const open = useChatState(isOpen);
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const lastTop = useRef(0);
  const { start, reveal } = useWindow(ids, newFrom);
  const hold = useAnchor(scroller, content, start);
  const { atEnd, onScroll, toEnd } = useSticking(scroller, content);
  const joins = useMemo(() => firstWords(ids, store.getState().transcript.byId), [ids, store]);
  useSeen(scroller, content, ids);

  function showEarlier() {
    hold();
    reveal();
  }

  function scrolled() {
    onScroll();
    const top = scroller.current?.scrollTop ?? 0;
    if (start > 0 && top < REVEAL_WITHIN && top < lastTop.current) showEarlier();
    lastTop.current = top;
  }

  // Opening is at the first unread message; its line a little below the top.
  useLayoutEffect(() => {
    if (!open || !content.current || !scroller.current) return;
    const row = newFrom === null ? undefined : rowOf(content.current, newFrom);
    toEnd(false);
    if (!row) return;
    const above = row.getBoundingClientRect().top - scroller.current.getBoundingClientRect().top - 72;
    if (above < 0) scroller.current.scrollTop += above;
    onScroll();
  }, [open, newFrom, toEnd, onScroll]);

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
        onScroll={scrolled}
      >
        <div className="rows" ref={content}>
          {start > 0 && (
            <button type="button" className="earlier" onClick={showEarlier}>
              {words.showEarlier}
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
  const words = useWords();
  const count = useChatState((s) => unreadOf(s).length);
  return (
    <button type="button" className="jump" data-unread={count > 0} onClick={onJump}>
      <DownIcon />
      {count > 0 ? words.jump(count) : <span className="hidden-text">{words.jump(0)}</span>}
    </button>
  );
}
