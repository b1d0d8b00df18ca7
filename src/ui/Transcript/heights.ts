import { commonPrefix, GUESS, type Heights } from './extent.ts';

/** Px. Rows that have lost their styles must not bring all others into view. */
const LEAST = 24;

/** How tall the rows of a list are, as far as they have been painted. */
export interface RowHeights {
  /** Of the rows of this list. What follows a common beginning with the last list is looked up again. */
  of(ids: readonly string[]): Heights;
  /** Takes note of a painted row of the last list, px. */
  measured(index: number, height: number): void;
}

export function createRowHeights(): RowHeights {
  const known = new Map<string, number>();
  const heights: number[] = [];
  let list: readonly string[] = [];
  return {
    of(ids) {
      if (ids === list) return heights;
      heights.length = commonPrefix(list, ids);
      for (let at = heights.length; at < ids.length; at += 1) heights.push(known.get(ids[at] ?? '') ?? GUESS);
      list = ids;
      return heights;
    },
    measured(index, height) {
      const id = list[index];
      if (id === undefined) return;
      const tall = Math.max(LEAST, height);
      known.set(id, tall);
      heights[index] = tall;
    },
  };
}
