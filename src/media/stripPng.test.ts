import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { inspect } from './inspect.ts';
import { bytesOf, phoneTiff, png, pngChunk, tiff, watched, wholeJpeg } from './samples.ts';
import { strip } from './strip.ts';
import { PASSAGE } from './walk.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const plain = png(4, 3);
const text = pngChunk('tEXt', [...bytesOf('Author\0Ann')]);
const located = [...bytesOf('XML:com.adobe.xmp\0\0\0\0\0<x exif:GPSLatitude="48,51N"/>')];

/** What stays of a file of these parts is `expected`, and a second time removes nothing. */
async function leaves(expected: Bytes, ...parts: readonly BlobPart[]): Promise<void> {
  const once = await strip(new Blob([...parts]), { type: 'PNG' });
  expect(once.removed).toBe(true);
  expect(Buffer.compare(new Uint8Array(await once.blob.arrayBuffer()), expected)).toBe(0);
  expect(await strip(once.blob, { type: 'PNG' })).toEqual({ blob: once.blob, removed: false, location: false });
}

/** The chunk with its true checksum. */
function turn(orientation: number): number[] {
  const block = [0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const chunk = bytesOf(pngChunk('eXIf', [...bytesOf('MM\0*', block)]));
  new DataView(chunk.buffer).setUint32(chunk.length - 4, crc32(chunk.subarray(4, -4)));
  return Array.from(chunk);
}

describe('chunks', () => {
  test.each(['tEXt', 'zTXt', 'iTXt', 'tIME', 'eXIf', 'caBX', 'iDOT', 'vpAg'])('%s goes', async (type) => {
    await leaves(plain, png(4, 3, pngChunk(type, [1, 2, 3])));
    await leaves(plain, png(4, 3, pngChunk(type), pngChunk(type, [0])));
    await leaves(plain, plain.slice(0, -12), bytesOf(pngChunk(type, [1, 2, 3])), plain.slice(-12));
  });
  test.each(['tRNS', 'gAMA', 'iCCP', 'sRGB', 'cICP', 'pHYs', 'acTL', 'fdAT', 'PLTE', 'NEWC'])(
    '%s stays, and the file with it',
    async (type) => {
      const chunk = pngChunk(type, [1, 2, 3]);
      const blob = new Blob([png(4, 3, chunk)]);
      const { blob: same, removed } = await strip(blob, { type: 'PNG' });
      expect(same).toBe(blob);
      expect(removed).toBe(false);
      await leaves(png(4, 3, chunk), png(4, 3, text, chunk, text));
    },
  );
  test.each([2, 3, 4, 5, 6, 7, 8])('orientation %i stays, alone', async (orientation) => {
    const chunk = pngChunk('eXIf', phoneTiff(orientation, wholeJpeg()));
    await leaves(png(4, 3, turn(orientation)), png(4, 3, chunk));
    const { blob } = await strip(new Blob([png(4, 3, chunk)]), { type: 'PNG' });
    expect(await inspect(blob)).toMatchObject({ orientation, thumbnail: null });
  });
  test('a second orientation turns nothing, whatever the first said', async () => {
    await leaves(plain, png(4, 3, pngChunk('eXIf', tiff(1)), pngChunk('eXIf', tiff(6))));
    await leaves(png(4, 3, turn(3)), png(4, 3, pngChunk('eXIf', tiff(3)), pngChunk('eXIf', tiff(6))));
  });
  test('what follows the end goes, and is not read', async () => {
    await leaves(plain, plain, new Uint8Array(9));
    await leaves(plain, plain, bytesOf(pngChunk('IDAT', [1])));
    const { blob, ranges } = watched(new Blob([plain, new Uint8Array(3 * PASSAGE)]));
    await strip(blob, { type: 'PNG' });
    expect(ranges[0]).toEqual([0, PASSAGE]);
    expect(ranges.slice(1)).toEqual([[0, plain.length]]);
  });
});

test.each([
  ['EXIF with a latitude', pngChunk('eXIf', phoneTiff(1, [])), true],
  ['XMP with a latitude', pngChunk('iTXt', located), true],
  ['a text that speaks of it', pngChunk('tEXt', located), false],
  ['EXIF without', pngChunk('eXIf', tiff(6)), false],
])('location: %s: %s', async (_, chunk, location) => {
  expect((await strip(new Blob([png(4, 3, chunk)]), { type: 'PNG' })).location).toBe(location);
  expect((await strip(new Blob([png(4, 3, chunk, text)]), { type: 'PNG' })).location).toBe(location);
});

describe('large files', () => {
  test('image data are stepped over, not read', async () => {
    const head = bytesOf(plain.slice(0, 33), text, [0, 0x50, 0, 0], 'IDAT');
    const parts = [head, new Uint8Array(5 * PASSAGE + 4), plain.slice(-12)];
    const { blob, ranges } = watched(new Blob(parts));
    const { blob: left } = await strip(blob, { type: 'PNG' });
    expect(left.size).toBe(blob.size - text.length);
    const next = head.length + 5 * PASSAGE + 4;
    expect(ranges.slice(0, 2)).toEqual([
      [0, PASSAGE],
      [next, next + PASSAGE],
    ]);
  });
  test('metadata are seen wherever a passage ends', async () => {
    const exif = bytesOf(pngChunk('eXIf', phoneTiff(6, [])));
    for (const before of [0, 1, 7, 8, 9, 40, exif.length - 1, exif.length]) {
      const length = PASSAGE - 33 - 12 - before;
      const data = new Uint8Array(length + 12);
      data.set(bytesOf([0, length >> 16, (length >> 8) & 255, length & 255], 'IDAT'));
      const end = plain.slice(-12);
      const expected = new Blob([plain.slice(0, 33), data, bytesOf(turn(6)), end]);
      await leaves(new Uint8Array(await expected.arrayBuffer()), plain.slice(0, 33), data, exif, end);
    }
  });
  test('of EXIF larger than a passage the beginning counts', async () => {
    const length = [0, 0x20, 0, 0];
    const block = new Uint8Array(2 * PASSAGE + 4);
    block.set(bytesOf(phoneTiff(6, [])));
    const parts = [plain.slice(0, 33), bytesOf(length, 'eXIf'), block, plain.slice(33)];
    await leaves(png(4, 3, turn(6)), ...parts);
    expect((await strip(new Blob(parts), { type: 'PNG' })).location).toBe(true);
  });
});

describe('broken files', () => {
  test('one that was cut within its image data is stripped of what precedes them', async () => {
    await leaves(plain.slice(0, -14), png(4, 3, text).slice(0, -14));
  });
  test('one that was cut within its metadata has none of them left', async () => {
    await leaves(plain.slice(0, 33), png(4, 3, text).slice(0, 33 + 15));
  });
  test('what is no chunk ends the file', async () => {
    await leaves(
      plain.slice(0, 33),
      plain.slice(0, 33),
      bytesOf([0, 0, 0, 1], 'te t', [0, 0, 0, 0, 0]),
      plain.slice(33),
    );
    await leaves(plain.slice(0, -12), plain.slice(0, -12), new Uint8Array(5));
  });
  test('a chunk of four thousand million bytes is the rest of the file', async () => {
    const endless = bytesOf(plain.slice(0, 33), [0xff, 0xff, 0xff, 0xff], 'IDAT', text);
    await leaves(endless, plain.slice(0, 33), bytesOf(text, [0xff, 0xff, 0xff, 0xff], 'IDAT', text));
    await leaves(plain.slice(0, 33), plain.slice(0, 33), bytesOf([0xff, 0xff, 0xff, 0xff], 'tEXt', plain));
  });
});
