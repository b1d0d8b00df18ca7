import { type RefObject, useCallback, useState } from 'react';

/** Rows painted at first, and revealed by each "Show earlier messages". */
export const PAGE = 60;

/** Rows above the first unread one that give it its context. */
const CONTEXT = 2;

/** Painted rows at which the earliest go again, unless the reader has asked for them. */
const MANY = 2 * PAGE;

interface First {
  readonly id: string | null;
  /** Whether the reader went there. */
  readonly chosen: boolean;
}

/**
 * The latest part of the list, with `newFrom` always inside it. Rows stay once they are shown, so that nothing above the
 * reader's eyes goes away; but a back-log of a thousand messages arriving in parts, to a reader `stuck` to the end, does not
 * stay as a thousand rows.
 */
export function useWindow(ids: readonly string[], newFrom: string | null, stuck: RefObject<boolean>) {
  const [first, setFirst] = useState<First>({ id: null, chosen: false });
  let known = first.id === null ? -1 : ids.indexOf(first.id);
  if (!first.chosen && stuck.current && ids.length - known > MANY) known = -1;
  const unread = newFrom === null ? -1 : ids.indexOf(newFrom);
  let start = known >= 0 ? known : Math.max(0, ids.length - PAGE);
  if (unread >= 0) start = Math.min(start, Math.max(0, unread - CONTEXT));
  // Pinned once there is more than a page: a row that slides out of the window would move all others.
  if (start > 0 && ids[start] !== first.id) setFirst({ id: ids[start] ?? null, chosen: first.chosen });
  const reveal = useCallback(
    () => setFirst({ id: ids[Math.max(0, start - PAGE)] ?? null, chosen: true }),
    [ids, start],
  );
  return { start, reveal };
}
