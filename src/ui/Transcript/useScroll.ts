import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Px from the end within which the reader counts as being there. */
const NEAR = 32;

function isAtEnd(scroller: HTMLElement): boolean {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= NEAR;
}

export function rowOf(content: HTMLElement, id: string): HTMLElement | undefined {
  return Array.from(content.querySelectorAll<HTMLElement>('[data-message]')).find((row) => row.dataset.message === id);
}

/** Keeps the reader at the end while they are there, and leaves them alone while they are not. */
export function useSticking(scroller: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>) {
  const stuck = useRef<boolean>(true);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback(
    (smooth: boolean) => {
      const node = scroller.current;
      if (!node) return;
      stuck.current = true;
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      node.scrollTo({ top: node.scrollHeight, behavior: smooth && !calm ? 'smooth' : 'instant' });
    },
    [scroller],
  );

  const onScroll = useCallback(() => {
    const node = scroller.current;
    if (!node) return;
    stuck.current = isAtEnd(node);
    setAtEnd(stuck.current);
  }, [scroller]);

  useEffect(() => {
    const node = scroller.current;
    const inner = content.current;
    if (!node || !inner) return;
    const observer = new ResizeObserver(() => {
      if (stuck.current) node.scrollTop = node.scrollHeight;
      setAtEnd(isAtEnd(node));
    });
    observer.observe(node);
    observer.observe(inner);
    return () => observer.disconnect();
  }, [scroller, content]);

  return { atEnd, onScroll, toEnd };
}

/** Remembers where the first row stands on the screen, and puts it back there once rows have come above it. */
export function useAnchor(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  start: number,
) {
  const anchor = useRef<{ row: HTMLElement; top: number } | null>(null);
  const hold = useCallback(() => {
    const row = content.current?.querySelector<HTMLElement>('[data-message]');
    if (row) anchor.current = { row, top: row.getBoundingClientRect().top };
  }, [content]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `start` is the moment, not a value that is read.
  useLayoutEffect(() => {
    const held = anchor.current;
    anchor.current = null;
    if (held?.row.isConnected && scroller.current)
      scroller.current.scrollTop += held.row.getBoundingClientRect().top - held.top;
  }, [start, scroller]);
  return hold;
}
