import { type Range, rangeAt, rangeAtEnd, rowAt, SPARE, withPinned } from './extent.ts';
import { createRowHeights } from './heights.ts';
import { fillGaps, gapsOf, measure, type Painted, type PaintedRow, rowsOf } from './paintedRows.ts';

/** Px from the end within which the reader counts as being there. */
const NEAR = 32;
/** Px of a view that has not been laid out yet. */
const VIEW = 560;
/** Px that nobody sees a row move by. */
const UNSEEN = 0.25;

/** A row, and how far below the view's upper edge it begins, px. */
interface Anchor {
  readonly id: string;
  readonly index: number;
  readonly top: number;
}

/**
 * Knows where the reader is, says which rows are to be painted for that, and keeps what they read where it stands, whatever
 * grows or goes above it. A row that turns out taller or smaller than the gap that stood for it is made good in that gap,
 * because moving the scroller itself would end the momentum of a finger or a wheel.
 */
export interface Reader {
  /** The scroller and what it holds; null while they are not there. */
  place(scroller: HTMLElement | null, content: HTMLElement | null): void;
  /** What to paint of the list; `pinned` stays painted wherever it is. */
  paint(ids: readonly string[], pinned: string | null): Painted;
  /** To be called when that has been painted, before anybody sees it. */
  painted(now: Painted): void;
  /** To be called when something has changed its size. It only scrolls: a size changed here would be an error to observers. */
  resized(): void;
  /** To be called after each scroll event. */
  scrolled(): void;
  /** Puts the reader at the end, to stay there. */
  toEnd(): void;
  /** Puts a row this far below the view's upper edge, px, as far as there is something to scroll. */
  toRow(id: string, top: number): void;
}

/** Px that there are still to scroll. */
export function leftOf(scroller: HTMLElement): number {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
}

/** `repaint` asks for another `paint`; `atEnd` is told whether the reader is there. */
export function createReader(repaint: () => void, atEnd: (is: boolean) => void): Reader {
  const heights = createRowHeights();
  let list: readonly string[] = [];
  let node: HTMLElement | null = null;
  let content: HTMLElement | null = null;
  let painted: Painted = { main: { start: 0, end: 0 }, ranges: [], gaps: [] };
  let view = VIEW;
  let stuck = true;
  let anchor: Anchor | null = null;
  /** The anchor has not been gone to yet. */
  let going = false;
  /** The reader has come to a gap: whatever is painted there is what they read from now on. */
  let landing = false;
  /** Px by which the gap above the rows is taller than what it stands for. */
  let slack = 0;
  let hidden = false;
  /** How far the view was scrolled when that was last looked at, px. */
  let lastTop = 0;

  function indexOf({ id, index }: Anchor): number {
    const now = list[index] === id ? index : list.indexOf(id);
    return now < 0 ? Math.min(index, list.length - 1) : now;
  }

  function mainRange(): Range {
    if (stuck || !anchor) return rangeAtEnd(heights, view);
    return rangeAt(heights, heights.above(indexOf(anchor)) - anchor.top, view);
  }

  /** How tall the gap above the rows is to be, px; null where there is none. */
  function fill(inner: HTMLElement): number | null {
    const gaps = gapsOf(painted, heights, slack);
    fillGaps(inner, gaps);
    return gaps.find(({ aboveMain }) => aboveMain)?.height ?? null;
  }

  function scrollTo(scroller: HTMLElement, top: number): void {
    // Saying where it is already would end a smooth scroll.
    if (top !== scroller.scrollTop) scroller.scrollTop = top;
    lastTop = scroller.scrollTop;
  }

  /** What has been scrolled and not been told yet. Asked before a painting, which may itself let the view be scrolled. */
  function catchUp(scroller: HTMLElement, inner: HTMLElement): void {
    const scrolled = scroller.scrollTop - lastTop;
    if (hidden || going || scroller.clientHeight === 0 || scrolled === 0) return;
    if (stuck && leftOf(scroller) > NEAR) look(scroller, inner);
    else if (anchor) anchor = { ...anchor, top: anchor.top - scrolled };
    lastTop = scroller.scrollTop;
  }

  /** Px by which the anchor's row stands too low. */
  function offBy(scroller: HTMLElement, inner: HTMLElement): number {
    const row = rowsOf(scroller, inner, painted).find(({ id }) => id === anchor?.id);
    const off = row && anchor ? row.top - anchor.top : 0;
    return Math.abs(off) > UNSEEN ? off : 0;
  }

  /** Lets the anchor's row stand where it did. */
  function keep(scroller: HTMLElement, inner: HTMLElement): void {
    const off = offBy(scroller, inner);
    if (off === 0) return;
    slack -= off;
    const height = going ? null : fill(inner);
    if (height !== null && height >= 0) return;
    // There is no gap to make it good in, or it is used up: the scroller has to move.
    slack = 0;
    fill(inner);
    scrollTo(scroller, scroller.scrollTop + offBy(scroller, inner));
  }

  /** The first row of which something is in view; where the view is in a gap, the row that the gap stands for there. */
  function inView(scroller: HTMLElement, rows: readonly PaintedRow[]): Anchor | null {
    const { start, end } = painted.main;
    const first = rows.find(({ index, bottom }) => index >= start && index < end && bottom > 0);
    if (first && first.top < scroller.clientHeight) return first;
    slack = 0;
    landing = true;
    const { index, into } = rowAt(heights, scroller.scrollTop);
    const id = list[index];
    return id === undefined ? null : { id, index, top: -into };
  }

  function look(scroller: HTMLElement, inner: HTMLElement): void {
    lastTop = scroller.scrollTop;
    stuck = leftOf(scroller) <= NEAR;
    anchor = inView(scroller, rowsOf(scroller, inner, painted));
  }

  function note(scroller: HTMLElement, inner: HTMLElement): void {
    look(scroller, inner);
    atEnd(stuck);
  }

  /** Asks for more rows before the reader comes to the end of those that are painted. */
  function wantMore(scroller: HTMLElement, inner: HTMLElement): void {
    const { start, end } = painted.main;
    const wanted = mainRange();
    if (wanted.start === start && wanted.end === end) return;
    const own = rowsOf(scroller, inner, painted).filter(({ index }) => index >= start && index < end);
    const above = start === 0 || (own[0]?.top ?? 0) < -SPARE / 2;
    const below = end >= list.length || (own.at(-1)?.bottom ?? 0) > scroller.clientHeight + SPARE / 2;
    if (!above || !below) repaint();
  }

  /** Calls `act` where there is a view: a hidden one tells nothing about the reader, and forgets how far it was scrolled. */
  function inSight(act: (scroller: HTMLElement, inner: HTMLElement) => void): void {
    if (!node || !content) return;
    hidden ||= node.clientHeight === 0;
    if (node.clientHeight === 0) return;
    if (hidden) {
      hidden = false;
      going = !stuck;
      lastTop = node.scrollTop;
    }
    view = node.clientHeight;
    act(node, content);
    wantMore(node, content);
  }

  function settle(scroller: HTMLElement, inner: HTMLElement): void {
    fill(inner);
    measure(rowsOf(scroller, inner, painted), heights.measured);
    if (stuck) {
      landing = false;
      scrollTo(scroller, scroller.scrollHeight);
    } else if (landing) {
      landing = false;
      note(scroller, inner);
    } else {
      keep(scroller, inner);
      lastTop = scroller.scrollTop;
      arrive(scroller, inner);
    }
  }

  function arrive(scroller: HTMLElement, inner: HTMLElement): void {
    if (!going || !rowsOf(scroller, inner, painted).some(({ id }) => id === anchor?.id)) return;
    going = false;
    note(scroller, inner);
  }

  return {
    place(scroller, inner) {
      node = scroller;
      content = inner;
    },
    paint(ids, pinned) {
      if (node && content) catchUp(node, content);
      list = ids;
      heights.follow(ids);
      const main = mainRange();
      const ranges = withPinned(main, pinned === null ? -1 : list.indexOf(pinned));
      if (stuck || landing) slack = 0;
      return { main, ranges, gaps: gapsOf({ main, ranges }, heights, slack) };
    },
    painted(now) {
      painted = now;
      inSight(settle);
    },
    resized() {
      inSight((scroller, inner) => {
        measure(rowsOf(scroller, inner, painted), heights.measured);
        if (stuck) scrollTo(scroller, scroller.scrollHeight);
        // Where there is less to scroll than there was, a scroll event is on its way.
        else if (going || scroller.scrollTop === lastTop)
          scrollTo(scroller, scroller.scrollTop + offBy(scroller, inner));
        arrive(scroller, inner);
      });
    },
    scrolled: () => inSight(note),
    toEnd() {
      stuck = true;
      going = false;
      atEnd(true);
      repaint();
    },
    toRow(id, top) {
      const index = list.indexOf(id);
      if (index < 0) return;
      stuck = false;
      going = true;
      anchor = { id, index, top };
      repaint();
    },
  };
}
