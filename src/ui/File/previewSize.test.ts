import { expect, test } from 'vitest';
import { previewSize } from './previewSize.ts';

const dataUrl = (bytes: readonly number[]) => `data:image/x;base64,${btoa(String.fromCharCode(...bytes))}`;
const padded = (bytes: readonly number[]) => [...bytes, ...Array(24).fill(0)];

test('reads the size of GIF, PNG and JPEG from the header', () => {
  expect(previewSize(dataUrl(padded([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 40, 1, 200, 0])))).toEqual({
    width: 296,
    height: 200,
  });
  const png = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 1, 0, 0, 0, 0, 80];
  expect(previewSize(dataUrl(padded(png)))).toEqual({ width: 256, height: 80 });
  const app0 = [0xff, 0xe0, 0, 6, 1, 2, 3, 4];
  const frame = [0xff, 0xc2, 0, 17, 8, 0, 90, 0, 160];
  expect(previewSize(dataUrl(padded([0xff, 0xd8, ...app0, ...frame])))).toEqual({ width: 160, height: 90 });
});

test.each([
  'data:image/png;base64,',
  'data:image/png;base64,!!!!',
  dataUrl(Array(64).fill(0)),
  dataUrl(padded([0xff, 0xd8, 0xff, 0xe0, 0, 0])),
  dataUrl(padded([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff])),
  dataUrl(padded([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0, 0, 0, 0])),
])('finds none in %s', (url) => {
  expect(previewSize(url)).toBeNull();
});
