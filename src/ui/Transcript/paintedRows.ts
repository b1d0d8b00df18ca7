import { type Heights, type Range, sumOf } from './extent.ts';

/** What is painted of a list: the rows around the reader, and perhaps one more that must stay. */
export interface Painted {
  readonly main: Range;
  /** `main` and the pinned row, in the order of the list. */
  readonly ranges: readonly Range[];
  /** As they are before anything is measured. A box without its height would let the view be scrolled to where it ends. */
  readonly gaps: readonly Gap[];
}

/** Where a painted row stands: px below the scroller's upper edge. */
export interface PaintedRow {
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly bottom: number;
  /** It stands beside the row above, as the second of a pair of photos, and not below it. */
  readonly beside: boolean;
}

/** The painted rows in their order. */
export function rowsOf(scroller: HTMLElement, content: HTMLElement, { ranges }: Painted): readonly PaintedRow[] {
  const { top: edge } = scroller.getBoundingClientRect();
  const indexes = ranges.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, at) => start + at));
  return Array.from(content.querySelectorAll<HTMLElement>('[data-message]'), (row, at) => {
    const { top, bottom } = row.getBoundingClientRect();
    const { message: id = '', spot } = row.dataset;
    return { id, index: indexes[at] ?? -1, top: top - edge, bottom: bottom - edge, beside: spot === 'end' };
  });
}

/**
 * Tells of the height of each row, px, which is from the end of the row above to its own end. Of a row that has none above
 * it nothing is known.
 */
export function measure(
  rows: readonly PaintedRow[],
  measured: (index: number, height: number, beside: boolean) => void,
): void {
  rows.forEach(({ index, bottom, beside }, at) => {
    const above = rows[at - 1];
    if (above?.index === index - 1) measured(index, bottom - above.bottom, beside);
  });
}

/** A box that stands for rows which are not painted. */
export interface Gap {
  /** It is the one above the reader's rows. */
  readonly aboveMain: boolean;
  /** Px. Below nothing where it is used up: then it cannot be as it should. */
  readonly height: number;
}

/** The gaps before, between and after the painted rows, in their order; the one above the reader's is taller by `slack`. */
export function gapsOf(
  { main, ranges }: Pick<Painted, 'main' | 'ranges'>,
  heights: Heights,
  slack: number,
): readonly Gap[] {
  const gaps: Gap[] = [];
  let end = 0;
  for (const range of [...ranges, { start: heights.length, end: heights.length }]) {
    const aboveMain = range === main;
    const height = sumOf(heights, { start: end, end: range.start }) + (aboveMain ? slack : 0);
    if (range.start > end) gaps.push({ aboveMain, height });
    end = range.end;
  }
  return gaps;
}

/** Gives the boxes these heights. */
export function fillGaps(content: HTMLElement, gaps: readonly Gap[]): void {
  content.querySelectorAll<HTMLElement>('.gap').forEach((box, at) => {
    box.style.blockSize = `${Math.max(0, gaps[at]?.height ?? 0)}px`;
  });
}
