import { commonPrefix, GUESS, type Heights } from './extent.ts';

/** Px. Rows that have lost their styles must not bring all others into view. */
const LEAST = 24;
/** Rows that are summed together, so that a sum over ten thousand of them is one over a hundred. */
const BLOCK = 100;

/** How tall the rows of a list are, as far as they have been painted. */
export interface RowHeights extends Heights {
  /** Goes over to this list. What follows a common beginning with the last one is looked up again. */
  follow(ids: readonly string[]): void;
  /** Takes note of a painted row, px; one that stands beside the row above has none of its own, or that of its line. */
  measured(index: number, height: number, beside?: boolean): void;
}

export function createRowHeights(): RowHeights {
  const known = new Map<string, number>();
  const heights: number[] = [];
  const blocks: number[] = [];
  let list: readonly string[] = [];

  function sum(start: number, end: number): number {
    let total = 0;
    for (let at = start; at < end; at += 1) total += heights[at] ?? 0;
    return total;
  }

  function sumBlocks(from: number): void {
    blocks.length = Math.ceil(heights.length / BLOCK);
    for (let block = from; block < blocks.length; block += 1) blocks[block] = sum(block * BLOCK, (block + 1) * BLOCK);
  }

  return {
    get length() {
      return heights.length;
    },
    at: (index) => heights[index] ?? 0,
    above(index) {
      const whole = Math.floor(Math.min(index, heights.length) / BLOCK);
      let total = 0;
      for (let block = 0; block < whole; block += 1) total += blocks[block] ?? 0;
      return total + sum(whole * BLOCK, index);
    },
    follow(ids) {
      if (ids === list) return;
      const same = commonPrefix(list, ids);
      heights.length = same;
      for (let at = same; at < ids.length; at += 1)
        heights.push((known.size > 0 ? known.get(ids[at] ?? '') : undefined) ?? GUESS);
      list = ids;
      sumBlocks(Math.floor(same / BLOCK));
    },
    measured(index, height, beside = false) {
      const id = list[index];
      if (id === undefined) return;
      const tall = Math.max(beside ? 0 : LEAST, height);
      if (tall === heights[index]) return;
      known.set(id, tall);
      heights[index] = tall;
      const block = Math.floor(index / BLOCK);
      blocks[block] = sum(block * BLOCK, (block + 1) * BLOCK);
    },
  };
}
