import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Px from the end within which the reader counts as being there. */
const NEAR = 32;

function isAtEnd(scroller: HTMLElement): boolean {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= NEAR;
}

export function rowOf(content: HTMLElement, id: string): HTMLElement | undefined {
  return Array.from(content.querySelectorAll<HTMLElement>('[data-message]')).find((row) => row.dataset.message === id);
}

/**
 * Keeps the reader at the end while they are there, and leaves them alone while they are not. A hidden panel has no height and
 * tells nothing about the reader, so their place outlives closing.
 */
export function useSticking(scroller: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>) {
  const stuck = useRef<boolean>(true);
  const lastTop = useRef(0);
  const [atEnd, setAtEnd] = useState(true);

  /** Scrolls in the reader's stead: `scrolled` does not take it for their own doing. */
  const place = useCallback(
    (top: number) => {
      const node = scroller.current;
      if (!node || node.clientHeight === 0) return;
      node.scrollTop = top;
      lastTop.current = node.scrollTop;
      stuck.current = isAtEnd(node);
      setAtEnd(stuck.current);
    },
    [scroller],
  );

  const toEnd = useCallback(
    (smooth: boolean) => {
      const node = scroller.current;
      if (!node) return;
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      if (!smooth || calm) place(node.scrollHeight);
      else node.scrollTo({ top: node.scrollHeight, behavior: 'smooth' });
      stuck.current = true;
    },
    [scroller, place],
  );

  const back = useCallback(() => {
    if (stuck.current) toEnd(false);
    else place(lastTop.current);
  }, [toEnd, place]);

  /** Takes note of a scroll event; true when the reader went up. */
  const scrolled = useCallback((): boolean => {
    const node = scroller.current;
    if (!node || node.clientHeight === 0) return false;
    const up = node.scrollTop < lastTop.current;
    lastTop.current = node.scrollTop;
    stuck.current = isAtEnd(node);
    setAtEnd(stuck.current);
    return up;
  }, [scroller]);

  useEffect(() => {
    const node = scroller.current;
    const inner = content.current;
    if (!node || !inner) return;
    // Also when the browser itself has moved the scroller, because there is less to scroll than there was.
    const observer = new ResizeObserver(() => {
      const wasStuck = stuck.current;
      place(wasStuck ? node.scrollHeight : node.scrollTop);
      stuck.current = wasStuck;
    });
    observer.observe(node);
    observer.observe(inner);
    return () => observer.disconnect();
  }, [scroller, content, place]);

  return { atEnd, stuck, scrolled, place, toEnd, back };
}

/** Remembers where the first row stands on the screen, and puts it back there once rows have come above it. */
export function useAnchor(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  first: string | undefined,
) {
  const anchor = useRef<{ row: HTMLElement; top: number } | null>(null);
  const hold = useCallback(() => {
    const row = content.current?.querySelector<HTMLElement>('[data-message]');
    if (row) anchor.current = { row, top: row.getBoundingClientRect().top };
  }, [content]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `first` is the moment, not a value that is read.
  useLayoutEffect(() => {
    const held = anchor.current;
    anchor.current = null;
    if (held?.row.isConnected && scroller.current)
      scroller.current.scrollTop += held.row.getBoundingClientRect().top - held.top;
  }, [first, scroller]);
  return hold;
}
