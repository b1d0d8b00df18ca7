import { describe, expect, test } from 'vitest';
import { readPreview } from './preview.ts';

const dataUrl = (mime: string, bytes: readonly number[]) =>
  `data:image/${mime};base64,${btoa(String.fromCharCode(...bytes))}`;

const gif = (width: number, height: number) => [
  ...[0x47, 0x49, 0x46, 0x38, 0x39, 0x61],
  ...[width & 255, width >> 8, height & 255, height >> 8, 0, 0, 0],
];
const png = (width: number, height: number) => [
  ...[0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
  ...[0, 0, width >> 8, width & 255, 0, 0, height >> 8, height & 255],
];
const APP0 = [0xff, 0xe0, 0, 6, 1, 2, 3, 4];
const jpeg = (width: number, height: number) => [
  ...[0xff, 0xd8, ...APP0, 0xff, 0xc2, 0, 17, 8],
  ...[height >> 8, height & 255, width >> 8, width & 255, 3],
];

describe('[D4] a preview', () => {
  test.each([
    ['gif', gif(296, 200), 296, 200],
    ['png', png(256, 80), 256, 80],
    ['jpeg', jpeg(160, 90), 160, 90],
  ])('that is a %s is its bytes again, with its size', async (mime, bytes, width, height) => {
    const preview = readPreview(dataUrl(mime, bytes));
    expect(preview).toMatchObject({ width, height });
    expect(preview?.blob.type).toBe(`image/${mime}`);
    expect([...new Uint8Array((await preview?.blob.arrayBuffer()) ?? new ArrayBuffer(0))]).toEqual(bytes);
  });

  test.each([
    ['whose bytes are of another type', dataUrl('png', gif(10, 10))],
    ['of script', `data:image/svg+xml;base64,${btoa('<svg onload="alert(1)"/>')}`],
    ['under a raster name with markup in it', `data:image/png;base64,${btoa('<svg onload="alert(1)"></svg>')}`],
    ['with parameters', dataUrl('png;charset=utf-8', png(10, 10))],
    ['in capitals', dataUrl('PNG', png(10, 10))],
    ['not in base64', 'data:image/png;base64,!!!!'],
    ['without bytes', 'data:image/png;base64,'],
    ['of more than a megapixel', dataUrl('png', png(1025, 1024))],
    ['without width', dataUrl('gif', gif(0, 10))],
    ['longer than 64 KB', dataUrl('gif', [...gif(10, 10), ...Array(60_000).fill(0)])],
    ['cut in its header', dataUrl('jpeg', [0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 0, 0, 0, 0])],
    ['cut before its header', dataUrl('png', png(10, 10).slice(0, 20))],
    ['without a frame', dataUrl('jpeg', [0xff, 0xd8, ...APP0, ...APP0])],
    ['from elsewhere', 'https://example.com/a.png'],
  ])('%s is not shown', (_, url) => {
    expect(readPreview(url)).toBeNull();
  });
});
