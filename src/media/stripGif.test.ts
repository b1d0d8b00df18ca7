import { describe, expect, test } from 'vitest';
import { bytesOf, GIF_LOOP, gif, gifFrame, watched } from './samples.ts';
import { strip } from './strip.ts';
import { PASSAGE } from './walk.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const frame = gifFrame(4, 3);
const plain = gif(4, 3, frame);
const comment = [0x21, 0xfe, 2, 0x2c, 0x3b, 1, 0x21, 0];
const application = (name: string, ...data: number[]) => [0x21, 0xff, 11, ...bytesOf(name), ...data, 0];
/** As Adobe's: one text, and behind it bytes that lead a reader of sub-blocks to the terminator from wherever it is. */
const xmp = (content: string) => [
  ...[0x21, 0xff, 11, ...bytesOf('XMP DataXMP<?xpacket begin?>', content, '<?xpacket end="w"?>')],
  ...[1, ...Array.from({ length: 256 }, (_, n) => 255 - n), 0],
];

/** What stays of a file of these parts is `expected`, and a second time removes nothing. */
async function leaves(expected: Bytes, ...parts: readonly BlobPart[]): Promise<void> {
  const once = await strip(new Blob([...parts]), { type: 'GIF' });
  expect(once.removed).toBe(true);
  expect(Buffer.compare(new Uint8Array(await once.blob.arrayBuffer()), expected)).toBe(0);
  expect(await strip(once.blob, { type: 'GIF' })).toEqual({ blob: once.blob, removed: false, location: false });
}

describe('blocks', () => {
  test.each([
    ['a comment', comment],
    ['XMP', xmp('a title')],
    ['another application', application('ImageMagick', 3, 1, 2, 3)],
    ['an unknown extension', [0x21, 0x77, 1, 1, 0]],
  ])('%s goes', async (_, block) => {
    await leaves(plain, gif(4, 3, block, frame));
    await leaves(gif(4, 3, frame, frame), gif(4, 3, block, frame, block, block, frame, block));
  });
  test.each([
    ['the loop count', GIF_LOOP],
    ['another spelling of it', application('ANIMEXTS1.0', 3, 1, 0, 0)],
    ['a colour profile', application('ICCRGBG1012', 1, 1)],
    ['a frame control', [0x21, 0xf9, 4, 1, 0, 0, 0, 0]],
    ['a text that is drawn', [0x21, 0x01, 12, ...new Array<number>(12).fill(1), 1, 65, 0]],
    ['a frame with colours of its own', [...frame.slice(0, 9), 0x80, 0, 9, 9, 9, 9, 9, ...frame.slice(10)]],
    ['a stray terminator', [0]],
  ])('%s stays, and the file with it', async (_, block) => {
    const blob = new Blob([gif(4, 3, block, frame)]);
    const { blob: same, removed } = await strip(blob, { type: 'GIF' });
    expect(same).toBe(blob);
    expect(removed).toBe(false);
    await leaves(gif(4, 3, block, frame), gif(4, 3, comment, block, comment, frame));
  });
  test('what follows the trailer goes, and is not read', async () => {
    await leaves(plain, plain, plain);
    const { blob, ranges } = watched(new Blob([plain, new Uint8Array(3 * PASSAGE)]));
    await strip(blob, { type: 'GIF' });
    expect(ranges).toEqual([
      [0, PASSAGE],
      [0, plain.length],
    ]);
  });
});

test.each([
  ['XMP with a latitude', [xmp('<exif:GPSLatitude>')], true],
  ['XMP without, and a comment that speaks of it', [xmp(''), [0x21, 0xfe, 11, ...bytesOf('GPSLatitude'), 0]], false],
])('location: %s: %s', async (_, blocks, location) => {
  const { removed, ...rest } = await strip(new Blob([gif(4, 3, ...blocks, frame)]), { type: 'GIF' });
  expect(rest.location).toBe(location);
  expect(removed).toBe(true);
});

test('blocks are seen wherever a passage ends', async () => {
  const place = xmp('<exif:GPSLatitude>');
  const tail = bytesOf(place, comment, frame, [0x3b]);
  for (const before of [0, 1, 2, 3, 12, 13, 14, 15, 20, 38]) {
    const blocks = Math.floor((PASSAGE - plain.length - before - 260) / 256);
    const data = new Uint8Array(blocks * 256).fill(255);
    const left = PASSAGE - (plain.length - 2) - data.length - before - 2;
    const parts = [plain.slice(0, -2), data, ...subBlocks(left), tail];
    const expected = await new Blob([...parts.slice(0, -1), bytesOf(frame, [0x3b])]).arrayBuffer();
    await leaves(new Uint8Array(expected), ...parts);
    expect((await strip(new Blob(parts), { type: 'GIF' })).location).toBe(true);
  }
});

/** Sub-blocks and their terminator, of this length in all. */
function subBlocks(length: number): Bytes[] {
  const first = Math.min(255, length - 2);
  const rest = length - 2 - first;
  const more = rest > 1 ? [bytesOf([rest - 1], new Array<number>(rest - 1).fill(7))] : rest === 1 ? [bytesOf([0])] : [];
  return [bytesOf([first], new Array<number>(first).fill(7)), ...more, bytesOf([0])];
}

describe('broken files', () => {
  test('one that was cut within a frame is stripped of what precedes it', async () => {
    await leaves(plain.slice(0, -4), gif(4, 3, comment, frame).slice(0, -4));
  });
  test('one that was cut within a comment has none of it left', async () => {
    await leaves(plain.slice(0, -1), gif(4, 3, frame, comment).slice(0, -4));
  });
  test('what is no block ends the file', async () => {
    await leaves(plain.slice(0, -1), plain.slice(0, -1), bytesOf([0x99], comment, frame));
  });
});
