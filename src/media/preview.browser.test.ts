import { expect, test, vi } from 'vitest';
import { MAX_PREVIEW_CHARACTERS } from '../protocol/fileTypes.ts';
import { cornersOf, type Draw, drawn, noise } from './pictures.testing.ts';
import { previewOf } from './preview.ts';

function preview(width: number, height: number, draw: Draw): Promise<string | null> {
  return previewOf(drawn(width, height, draw));
}

test('of noise keeps within the limit and uses it, by at most three encodings', async () => {
  const encode = vi.spyOn(HTMLCanvasElement.prototype, 'toDataURL');
  const url = await preview(4032, 3024, noise);
  expect(url).toMatch(/^data:image\/jpeg;base64,\/9j\//);
  expect(url?.length).toBeLessThanOrEqual(MAX_PREVIEW_CHARACTERS);
  expect(url?.length).toBeGreaterThan(0.5 * MAX_PREVIEW_CHARACTERS);
  expect(encode.mock.calls.length).toBeLessThanOrEqual(3);
});

test('is white where the image is see-through', async () => {
  const url = await preview(300, 200, (context) => context.clearRect(0, 0, 300, 200));
  expect(await cornersOf(url ?? '')).toEqual({ corners: ['111', '111', '111', '111'], width: 300, height: 200 });
});

test.each([
  ['of one pixel', 1, 1],
  ['of extreme width', 30_000, 10],
  ['of extreme height', 10, 30_000],
])('is made of an image %s', async (_, width, height) => {
  const shown = await cornersOf(
    (await preview(width, height, (context) => context.fillRect(0, 0, width, height))) ?? '',
  );
  expect(shown.corners).toEqual(['000', '000', '000', '000']);
  expect(Math.max(shown.width, shown.height)).toBe(Math.min(400, Math.max(width, height)));
});
