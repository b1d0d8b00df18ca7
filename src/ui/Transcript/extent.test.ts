import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commonPrefix, GUESS, type Heights, rangeAt, rangeAtEnd, rowAt, SPARE, sumOf, withPinned } from './extent.ts';
import { createRowHeights, type RowHeights } from './heights.ts';

/** Heights of a list of as many rows, all of which have been measured. */
function heightsOf(tall: readonly number[]) {
  const heights = createRowHeights();
  heights.follow(tall.map((_, index) => `${index}`));
  tall.forEach((height, index) => {
    heights.measured(index, height);
  });
  return heights;
}

const someHeights = fc.array(fc.integer({ min: 24, max: 900 }), { minLength: 1, maxLength: 350 }).map(heightsOf);
const allOf = (heights: Heights) => Array.from({ length: heights.length }, (_, index) => heights.at(index));

describe('rowAt', () => {
  const heights = heightsOf([30, 40, 50]);
  test.each([
    [0, 0, 0],
    [29, 0, 29],
    [30, 1, 0],
    [119, 2, 49],
    [120, 2, 50],
    [500, 2, 430],
    [-5, 0, -5],
  ])('at %d px is row %d, %d px into it', (y, index, into) => {
    expect(rowAt(heights, y)).toEqual({ index, into });
  });

  test('of nothing is the first, which is not there', () => {
    expect(rowAt(heightsOf([]), 100)).toEqual({ index: 0, into: 100 });
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
          expect(from + heights.at(start)).toBeGreaterThan(top - SPARE);
          expect(to - heights.at(end - 1)).toBeLessThan(top + view + SPARE);
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
    expect(rangeAt(heightsOf([30, 30, 30]), 9_000, 500)).toEqual({ start: 2, end: 3 });
    expect(rangeAtEnd(heightsOf([]), 500)).toEqual({ start: 0, end: 0 });
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
  const follow = (heights: RowHeights, ...ids: string[]) => {
    heights.follow(ids);
    return allOf(heights);
  };

  test('are guessed until they are measured, and go with their message wherever it moves', () => {
    const heights = createRowHeights();
    expect(follow(heights, 'a', 'b')).toEqual([GUESS, GUESS]);
    heights.measured(1, 80);
    expect(follow(heights, 'a', 'b', 'c')).toEqual([GUESS, 80, GUESS]);
    expect(follow(heights, 'x', 'a', 'b')).toEqual([GUESS, GUESS, 80]);
    expect(follow(heights, 'b')).toEqual([80]);
    heights.measured(7, 500);
    expect(allOf(heights)).toEqual([80]);
  });

  test('of a row that has no height at all are not believed', () => {
    expect(allOf(heightsOf([0]))[0]).toBeGreaterThan(20);
  });

  test('above a row are the sum of all before it, whatever has been measured and moved', () => {
    const ids = Array.from({ length: 350 }, (_, index) => `${index}`);
    const lists = fc.array(fc.tuple(fc.shuffledSubarray(ids), fc.nat(349), fc.integer({ min: 24, max: 900 })));
    fc.assert(
      fc.property(lists, (steps) => {
        const heights = createRowHeights();
        for (const [list, index, height] of steps) {
          heights.follow(list);
          heights.measured(index, height);
          const all = allOf(heights);
          for (const at of [0, 1, 99, 100, 101, list.length]) {
            expect(heights.above(at)).toBe(all.slice(0, at).reduce((sum, one) => sum + one, 0));
          }
        }
      }),
    );
  });

  test('of a row beside the one above are none, also when it is looked up again; every other row has some', () => {
    const heights = createRowHeights();
    heights.follow(['a', 'b', 'c']);
    for (const [index, height, beside] of [
      [0, 150, false],
      [1, 0, true],
      [2, 0, false],
    ] as const)
      heights.measured(index, height, beside);
    const [, , least = 0] = [0, 1, 2].map(heights.at);
    expect(least).toBeGreaterThan(0);
    heights.follow(['z', 'a', 'b', 'c']);
    expect([1, 2, 3].map(heights.at)).toEqual([150, 0, least]);
    // So that no view begins with the second of a pair.
    expect(rowAt(heights, GUESS + 149).index).toBe(1);
    expect(rowAt(heights, GUESS + 150).index).toBe(3);
  });
});
