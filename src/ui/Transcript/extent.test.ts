import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commonPrefix, GUESS, rangeAt, rangeAtEnd, rowAt, SPARE, sumOf, withPinned } from './extent.ts';
import { createRowHeights } from './heights.ts';

const someHeights = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 200 });

describe('rowAt', () => {
  const heights = [10, 20, 30];
  test.each([
    [0, 0, 0],
    [9, 0, 9],
    [10, 1, 0],
    [59, 2, 29],
    [60, 2, 30],
    [500, 2, 470],
    [-5, 0, -5],
  ])('at %d px is row %d, %d px into it', (y, index, into) => {
    expect(rowAt(heights, y)).toEqual({ index, into });
  });

  test('of nothing is the beginning', () => {
    expect(rowAt([], 100)).toEqual({ index: 0, into: 0 });
  });
});

describe('the painted range', () => {
  test('covers the view and what is spare, with no row more than that needs', () => {
    fc.assert(
      fc.property(someHeights, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(1_000), (heights, at, view) => {
        const whole = sumOf(heights, { start: 0, end: heights.length });
        const top = at * Math.max(0, whole - view);
        const { start, end } = rangeAt(heights, top, view);
        const [from, to] = [sumOf(heights, { start: 0, end: start }), sumOf(heights, { start: 0, end })];
        expect(from).toBeLessThanOrEqual(Math.max(0, top - SPARE));
        expect(to).toBeGreaterThanOrEqual(Math.min(whole, top + view + SPARE));
        if (end - start > 1) {
          expect(from + (heights[start] ?? 0)).toBeGreaterThan(top - SPARE);
          expect(to - (heights[end - 1] ?? 0)).toBeLessThan(top + view + SPARE);
        }
      }),
    );
  });

  test('of a reader at the end has the last row', () => {
    fc.assert(
      fc.property(someHeights, fc.nat(1_000), (heights, view) => {
        const { start, end } = rangeAtEnd(heights, view);
        expect(end).toBe(heights.length);
        const painted = sumOf(heights, { start, end });
        expect(painted >= view + SPARE || start === 0).toBe(true);
      }),
    );
  });

  test('is a row at least, however far beyond the end the view is, and none of none', () => {
    expect(rangeAt([10, 10, 10], 9_000, 500)).toEqual({ start: 2, end: 3 });
    expect(rangeAtEnd([], 500)).toEqual({ start: 0, end: 0 });
  });
});

test.each([
  [-1, [{ start: 10, end: 20 }]],
  [10, [{ start: 10, end: 20 }]],
  [19, [{ start: 10, end: 20 }]],
  [
    20,
    [
      { start: 10, end: 20 },
      { start: 20, end: 21 },
    ],
  ],
  [
    3,
    [
      { start: 3, end: 4 },
      { start: 10, end: 20 },
    ],
  ],
])('a pinned row %d is painted once', (pinned, ranges) => {
  expect(withPinned({ start: 10, end: 20 }, pinned)).toEqual(ranges);
});

test.each([
  [[], ['a'], 0],
  [['a', 'b'], ['a', 'b', 'c'], 2],
  [['a', 'b', 'c'], ['a', 'x', 'c'], 1],
])('%j and %j begin with the same %d', (one, other, count) => {
  expect(commonPrefix(one, other)).toBe(count);
});

describe('heights', () => {
  test('are guessed until they are measured, and go with their message wherever it moves', () => {
    const heights = createRowHeights();
    expect(heights.of(['a', 'b'])).toEqual([GUESS, GUESS]);
    heights.measured(1, 80);
    expect(heights.of(['a', 'b', 'c'])).toEqual([GUESS, 80, GUESS]);
    expect(heights.of(['x', 'a', 'b'])).toEqual([GUESS, GUESS, 80]);
    expect(heights.of(['b'])).toEqual([80]);
    heights.measured(7, 5);
    expect(heights.of(['b'])).toEqual([80]);
  });
});
