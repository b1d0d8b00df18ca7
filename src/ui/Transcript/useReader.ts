import { type RefObject, useEffect, useLayoutEffect, useReducer, useState } from 'react';
import type { Painted } from './paintedRows.ts';
import { createReader, type Reader } from './reader.ts';

interface Reading {
  readonly reader: Reader;
  readonly painted: Painted;
  readonly atEnd: boolean;
}

/** What to paint of the list for where the reader is, and who keeps them there. */
export function useReader(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  ids: readonly string[],
  pinned: string | null,
): Reading {
  const [, repaint] = useReducer((times: number) => times + 1, 0);
  const [atEnd, setAtEnd] = useState(true);
  const [reader] = useState(() => createReader(repaint, setAtEnd));
  const painted = reader.paint(ids, pinned);

  useLayoutEffect(() => {
    reader.place(scroller.current, content.current);
    reader.painted(painted);
  });

  useEffect(() => {
    const observer = new ResizeObserver(() => reader.resized());
    for (const node of [scroller.current, content.current]) if (node) observer.observe(node);
    return () => observer.disconnect();
  }, [reader, scroller, content]);

  return { reader, painted, atEnd };
}

/** The row that has the focus; it must not be taken away from under it. */
export function useFocusedRow() {
  const [focused, setFocused] = useState<string | null>(null);
  return {
    focused,
    onFocus({ target }: { target: EventTarget }) {
      const row = target instanceof Element ? target.closest<HTMLElement>('[data-message]') : null;
      setFocused(row?.dataset.message ?? null);
    },
    onBlur: () => setFocused(null),
  };
}
