import { useCallback, useState } from 'react';

/** Rows painted at first, and revealed by each "Show earlier messages". */
export const PAGE = 60;

/** Rows above the first unread one that give it its context. */
const CONTEXT = 2;

/**
 * The latest part of the list: rows stay once they are shown, so that nothing above the reader's eyes goes away.
 * `newFrom` is always inside it.
 */
export function useWindow(ids: readonly string[], newFrom: string | null) {
  const [first, setFirst] = useState<string | null>(null);
  const known = first === null ? -1 : ids.indexOf(first);
  const unread = newFrom === null ? -1 : ids.indexOf(newFrom);
  let start = known >= 0 ? known : Math.max(0, ids.length - PAGE);
  if (unread >= 0) start = Math.min(start, Math.max(0, unread - CONTEXT));
  // Pinned once there is more than a page: a row that slides out of the window would move all others.
  if (start > 0 && known !== start) setFirst(ids[start] ?? null);
  const reveal = useCallback(() => setFirst(ids[Math.max(0, start - PAGE)] ?? null), [ids, start]);
  return { start, reveal };
}
