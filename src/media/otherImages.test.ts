import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inspect } from './inspect.ts';
import { readBmp, readHeif, readWebp } from './otherImages.ts';
import { bytesOf } from './samples.ts';

const riff = (codec: string, ...data: (string | number[])[]) => bytesOf('RIFF\0\0\0\0WEBP', codec, ...data);
const extended = (flags: number) => riff('VP8X', [10, 0, 0, 0, flags, 0, 0, 0], [0x3f, 0x06, 0, 0xaf, 0x04, 0]);
const lossless = (alpha: number) => riff('VP8L', [9, 0, 0, 0, 0x2f], [0x3f, 0xc6, 0x2b, 0x01 | (alpha << 4)]);
const lossy = riff('VP8 ', [9, 0, 0, 0], [0, 0, 0, 0x9d, 0x01, 0x2a], [0x40, 0x46, 0xb0, 0x84]);
const ispe = (width: number, height: number) =>
  bytesOf('\0\0\0\x14ispe\0\0\0\0', [0, 0, width >> 8, width & 255, 0, 0, height >> 8, height & 255]);
const heif = (brand: string, ...boxes: (string | Uint8Array)[]) =>
  bytesOf('\0\0\0\x18ftyp', brand, '\0\0\0\0mif1miaf', ...boxes);
const size = { width: 1600, height: 1200 };

describe('WebP', () => {
  test.each([
    ['an extended header', extended(0), false, false],
    ['a moving one', extended(0x02), true, false],
    ['a see-through one', extended(0x10), false, true],
    ['lossless', lossless(0), false, false],
    ['lossless and see-through', lossless(1), false, true],
    ['lossy, its scale bits set', lossy, false, false],
  ])('%s', (_, bytes, animated, alpha) => {
    expect(readWebp(bytes)).toEqual({ size, animated, alpha });
    expect(readWebp(bytes.subarray(0, -1)).size).toBeNull();
  });
});

describe('BMP', () => {
  const bmp = (header: number, ...sides: number[]) => bytesOf('BM', new Array(12).fill(0), [header, 0, 0, 0], sides);
  test.each([
    ['of Windows', bmp(40, 0x40, 6, 0, 0, 0xb0, 4, 0, 0)],
    ['counted from the top', bmp(40, 0x40, 6, 0, 0, 0x50, 0xfb, 0xff, 0xff)],
    ['of OS/2', bmp(12, 0x40, 6, 0xb0, 4, 1, 0, 24, 0)],
  ])('%s', (_, bytes) => {
    expect(readBmp(bytes)).toEqual({ size, animated: false, alpha: false });
    expect(readBmp(bytes.subarray(0, 25)).size).toBeNull();
  });
  test('has no size when a side is negative', () => {
    expect(readBmp(bmp(40, 0, 0, 0, 0x80, 1, 0, 0, 0)).size).toBeNull();
  });
});

describe('HEIC and AVIF', () => {
  const tile = ispe(512, 512);
  const whole = ispe(1600, 1200);
  test('have the size of the largest image in them', () => {
    expect(readHeif(heif('heic', tile, whole, tile)).size).toEqual(size);
    expect(readHeif(heif('heic')).size).toBeNull();
    expect(readHeif(heif('heic', whole.subarray(0, -1))).size).toBeNull();
  });
  test.each([
    [0, size],
    [1, { width: 1200, height: 1600 }],
    [2, size],
    [3, { width: 1200, height: 1600 }],
  ])('by %i quarters turned: %j', (quarters, shown) => {
    const rotation = `\0\0\0\x09irot${String.fromCharCode(quarters)}`;
    expect(readHeif(heif('avif', whole, rotation)).size).toEqual(shown);
  });
  test('say whether they move or are see-through', () => {
    expect(readHeif(heif('avis', whole))).toMatchObject({ animated: true, alpha: false });
    expect(readHeif(heif('avif', whole, 'auxC\0\0\0\0urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0')).alpha).toBe(true);
    expect(readHeif(heif('heic', whole, 'auxC\0\0\0\0urn:mpeg:hevc:2015:auxid:1\0')).alpha).toBe(true);
    expect(readHeif(heif('heic', whole, 'auxC\0\0\0\0urn:mpeg:hevc:2015:auxid:2\0')).alpha).toBe(false);
  });
});

test('their sizes are in what the inspection finds', async () => {
  expect(await inspect(new Blob([extended(0x12)]))).toMatchObject({
    found: 'webp',
    ...size,
    animated: true,
    alpha: true,
  });
  expect(await inspect(new Blob([heif('heic', ispe(1600, 1200))]))).toMatchObject({
    type: null,
    found: 'heic',
    ...size,
  });
});

test('any bytes are judged without a throw', () => {
  const begin = fc.constantFrom(extended(0), lossless(0), lossy, heif('heic', ispe(4, 4)), bytesOf('BM'));
  fc.assert(
    fc.property(begin, fc.nat({ max: 40 }), fc.uint8Array({ maxLength: 60 }), (bytes, cut, rest) => {
      for (const read of [readWebp, readBmp, readHeif]) {
        const { size: found } = read(bytesOf(bytes.subarray(0, cut), rest));
        expect((found?.width ?? 1) > 0 && (found?.height ?? 1) > 0).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});
