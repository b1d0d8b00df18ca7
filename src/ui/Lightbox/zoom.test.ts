import { expect, test } from 'vitest';
import { isOnPhoto, panned, roomFor, WHOLE, zoomed } from './zoom.ts';

const stage = { width: 400, height: 600 };
/** 400 × 300 as it fits. */
const room = roomFor({ width: 4000, height: 3000 }, stage, stage);

test('the whole photo fits, and can be enlarged to its own pixels, or four times where it has fewer', () => {
  expect(room).toEqual({ stage, photo: { width: 400, height: 300 }, most: 10 });
  expect(roomFor({ width: 300, height: 400 }, stage, stage).most).toBe(4);
});

test('what lies under the pointer stays there', () => {
  const at = { x: 100, y: 50 };
  const once = zoomed(WHOLE, 2, at, room);
  expect(once).toEqual({ scale: 2, x: -100, y: expect.closeTo(0) });
  const wide = zoomed({ scale: 4, x: 40, y: 20 }, 1.5, at, room);
  expect([(at.x - wide.x) / wide.scale, (at.y - wide.y) / wide.scale]).toEqual([15, 7.5]);
});

test('it is never smaller than the whole nor larger than it may be, and comes back to the middle', () => {
  expect(zoomed({ scale: 2, x: 150, y: 0 }, 0.1, { x: 0, y: 0 }, room)).toEqual(WHOLE);
  expect(zoomed(WHOLE, 99, { x: 0, y: 0 }, room).scale).toBe(10);
});

test('it moves as far as its edges', () => {
  expect(panned({ scale: 3, x: 0, y: 0 }, { x: 9999, y: -9999 }, room)).toEqual({ scale: 3, x: 400, y: -150 });
  expect(panned(WHOLE, { x: 50, y: 50 }, room)).toEqual(WHOLE);
});

test('knows what lies beside the photo', () => {
  expect(isOnPhoto(WHOLE, { x: 0, y: 149 }, room)).toBe(true);
  expect(isOnPhoto(WHOLE, { x: 0, y: 151 }, room)).toBe(false);
  expect(isOnPhoto({ scale: 2, x: 0, y: 0 }, { x: 0, y: 151 }, room)).toBe(true);
});
