import { type RefObject, useEffect } from 'react';
import { unreadOf } from '../../store/selectors.ts';
import { useActions, useChatState } from '../context.ts';
import type { Range } from './extent.ts';

/** Share of a row in view that counts as seen; small, so that a message taller than the panel can be seen at all. */
const SHARE = 0.1;

/** Tells which unread messages have come before the consumer's eyes. A page in the background is painted for nobody. */
export function useSeen(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  painted: Range,
) {
  const unread = useChatState(unreadOf);
  const actions = useActions();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `painted` is the moment at which there are other rows, not a value that is read.
  useEffect(() => {
    const inner = content.current;
    if (!inner || unread.length === 0) return;
    const waiting = new Set(unread);
    const observer = new IntersectionObserver(
      (entries) => {
        if (document.visibilityState !== 'visible') return;
        const seen = entries
          .filter((entry) => entry.isIntersecting)
          .map((entry) => (entry.target as HTMLElement).dataset.message ?? '');
        if (seen.length > 0) actions.seen(seen);
      },
      { root: scroller.current, threshold: SHARE },
    );
    for (const row of inner.querySelectorAll<HTMLElement>('[data-message]'))
      if (waiting.has(row.dataset.message ?? '')) observer.observe(row);
    return () => observer.disconnect();
  }, [unread, painted.start, painted.end, actions, content, scroller]);
}
