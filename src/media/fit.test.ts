import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextEncoding } from './fit.ts';

const LIMIT = 30_000;
const first = { edge: 400, quality: 0.75 };

test('an encoding that fills most of the limit will do', () => {
  expect(nextEncoding(first, 30_000, LIMIT)).toBeNull();
  expect(nextEncoding(first, 24_000, LIMIT)).toBeNull();
});
test('a short one is tried better, until the quality is as high as can be seen', () => {
  expect(nextEncoding(first, 5_000, LIMIT)).toEqual({ edge: 400, quality: 0.9 });
  expect(nextEncoding({ edge: 400, quality: 0.9 }, 5_000, LIMIT)).toBeNull();
});
test('one slightly too long loses quality, not pixels', () => {
  const next = nextEncoding(first, 36_000, LIMIT);
  expect(next?.edge).toBe(400);
  expect(next?.quality).toBeCloseTo(0.6, 1);
});
test('one far too long loses pixels', () => {
  const next = nextEncoding(first, 120_000, LIMIT);
  expect(next?.quality).toBe(0.6);
  expect(next?.edge).toBeLessThan(240);
  expect(next?.edge).toBeGreaterThan(180);
});
test('one too long always gets smaller: fewer pixels or a lower quality', () => {
  const edge = fc.integer({ min: 2, max: 400 });
  const quality = fc.double({ min: 0.45, max: 0.9, noNaN: true });
  const length = fc.integer({ min: LIMIT + 1, max: 1_000_000 });
  fc.assert(
    fc.property(edge, quality, length, (tried, at, characters) => {
      const next = nextEncoding({ edge: tried, quality: at }, characters, LIMIT);
      expect(next && (next.edge < tried || next.quality < at)).toBe(true);
    }),
  );
});
