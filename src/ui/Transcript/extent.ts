/**
 * Which rows are painted: a pure function of how tall rows are and where the reader is. Everything is px from the top of the
 * first row, whether it is painted or not.
 */

/** What a row is taken for until it has been painted once: one line of text, and sometimes a name under it. */
export const GUESS = 60;

/** Painted beyond both edges of the view, so that scrolling does not come upon nothing. */
export const SPARE = 320;

/** Of each row with the lines and the gap above it. */
export type Heights = readonly number[];

/** Rows from `start` up to and without `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export function sumOf(heights: Heights, { start, end }: Range): number {
  let sum = 0;
  for (let at = start; at < end; at += 1) sum += heights[at] ?? 0;
  return sum;
}

/** The row at this height, and how far into it; the first or the last one beyond the ends. */
export function rowAt(heights: Heights, y: number): { readonly index: number; readonly into: number } {
  let above = 0;
  for (let index = 0; index < heights.length; index += 1) {
    const height = heights[index] ?? 0;
    if (above + height > y || index === heights.length - 1) return { index, into: y - above };
    above += height;
  }
  return { index: 0, into: 0 };
}

/** The rows to paint for a view whose upper edge is at `top`: what it shows, and `SPARE` beyond both its edges. */
export function rangeAt(heights: Heights, top: number, view: number): Range {
  const { index: start } = rowAt(heights, top - SPARE);
  let end = start;
  for (let y = sumOf(heights, { start: 0, end: start }); end < heights.length && y < top + view + SPARE; end += 1)
    y += heights[end] ?? 0;
  // Beyond the last row there is nothing, but a row that is there is better than none.
  return { start, end: Math.min(heights.length, Math.max(end, start + 1)) };
}

/** The rows to paint for a reader at the end. */
export function rangeAtEnd(heights: Heights, view: number): Range {
  return rangeAt(heights, sumOf(heights, { start: 0, end: heights.length }) - view, view);
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
