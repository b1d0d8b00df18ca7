/**
 * Which rows are painted: a pure function of how tall rows are and where the reader is. Everything is px from the top of the
 * first row, whether it is painted or not.
 */

/** What a row is taken for until it has been painted once: one line of text, and sometimes a name under it. */
export const GUESS = 60;

/** Painted beyond both edges of the view, so that scrolling does not come upon nothing. */
export const SPARE = 320;

/** How tall the rows of a list are, px, each with the lines and the gap above it. */
export interface Heights {
  readonly length: number;
  at(index: number): number;
  /** Of all rows before this one. */
  above(index: number): number;
}

/** Rows from `start` up to and without `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Of these rows together. */
export function sumOf(heights: Heights, { start, end }: Range): number {
  return heights.above(end) - heights.above(start);
}

/** The row at this height, and how far into it; the first or the last one beyond the ends. */
export function rowAt(heights: Heights, y: number): { readonly index: number; readonly into: number } {
  let low = 0;
  let high = Math.max(0, heights.length - 1);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (heights.above(middle) <= y) low = middle;
    else high = middle - 1;
  }
  return { index: low, into: y - heights.above(low) };
}

/** The rows to paint for a view whose upper edge is at `top`: what it shows, and `SPARE` beyond both its edges. */
export function rangeAt(heights: Heights, top: number, view: number): Range {
  const { index: start } = rowAt(heights, top - SPARE);
  let end = start;
  for (let y = heights.above(start); end < heights.length && y < top + view + SPARE; end += 1) y += heights.at(end);
  // Beyond the last row there is nothing, but a row that is there is better than none.
  return { start, end: Math.min(heights.length, Math.max(end, start + 1)) };
}

/** The rows to paint for a reader at the end. */
export function rangeAtEnd(heights: Heights, view: number): Range {
  return rangeAt(heights, heights.above(heights.length) - view, view);
}

/** The range, and a row outside it that must stay painted (-1 for none), in the order of the list. */
export function withPinned(range: Range, pinned: number): readonly Range[] {
  if (pinned < 0 || (pinned >= range.start && pinned < range.end)) return [range];
  const row = { start: pinned, end: pinned + 1 };
  return pinned < range.start ? [row, range] : [range, row];
}

/** How many entries at the beginning are the same. */
export function commonPrefix(one: readonly string[], other: readonly string[]): number {
  let count = 0;
  while (count < one.length && count < other.length && one[count] === other[count]) count += 1;
  return count;
}
