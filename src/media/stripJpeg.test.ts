import { describe, expect, test } from 'vitest';
import { inspect } from './inspect.ts';
import {
  bytesOf,
  END_OF_IMAGE,
  exifSegment,
  frameHeader,
  jpegSegment,
  phoneTiff,
  SCAN,
  START_OF_IMAGE,
  START_OF_SCAN,
  tiff,
  watched,
  wholeJpeg,
} from './samples.ts';
import { type Stripped, strip } from './strip.ts';
import { PASSAGE } from './walk.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const plain = wholeJpeg();
const comment = jpegSegment(0xfe, 'made by Acme');
const xmp = (content: string) => jpegSegment(0xe1, `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${content}</x:xmpmeta>`);
const turn = (orientation: number) =>
  exifSegment([...bytesOf('MM\0*', [0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0])]);

function jpegStripped(...parts: readonly Bytes[]): Promise<Stripped> {
  return strip(new Blob([...parts]), { type: 'JPG' });
}

async function bytes({ blob }: Stripped): Promise<Bytes> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** What stays of a file of these parts is `expected`, and a second time removes nothing. */
async function leaves(expected: Bytes, ...parts: readonly Bytes[]): Promise<void> {
  const once = await jpegStripped(...parts);
  expect(once.removed).toBe(true);
  expect(Buffer.compare(await bytes(once), expected)).toBe(0);
  expect(await strip(once.blob, { type: 'JPG' })).toEqual({ blob: once.blob, removed: false, location: false });
}

describe('segments', () => {
  test.each([
    ['EXIF', exifSegment(tiff(1))],
    ['XMP', xmp('')],
    ['continued XMP', jpegSegment(0xe1, 'http://ns.adobe.com/xmp/extension/\0')],
    ['IPTC', jpegSegment(0xed, 'Photoshop 3.0\x008BIM')],
    ['a comment', comment],
    ['an index of further images', jpegSegment(0xe2, 'MPF\0MM\0*')],
    ['provenance', jpegSegment(0xeb, 'JP\0\0jumb')],
    ['a thumbnail of JFIF', jpegSegment(0xe0, 'JFXX\0\x10')],
    ['what a camera keeps in APP5', jpegSegment(0xe5, 'SAMSUNG')],
    ['fill bytes', [0xff, 0xff]],
    ['bytes that no segment claims', [1, 2, 3, 0xff, 0, 0xff, 0xd0]],
  ])('%s goes', async (_, segment) => {
    await leaves(plain, wholeJpeg(segment));
    await leaves(plain, wholeJpeg(segment, segment));
  });
  test.each([
    ['a colour profile', jpegSegment(0xe2, 'ICC_PROFILE\0\x01\x01profile')],
    ['how colours are coded', jpegSegment(0xee, 'Adobe\0\x64\0\0\0\0\x01')],
    ['a table', jpegSegment(0xdb, [0, 1, 2])],
    ['the distance of restarts', jpegSegment(0xdd, [0, 4])],
    ['an extension of the coding', jpegSegment(0xf7, [1])],
    ['a table too short to count itself', [0xff, 0xdb, 0, 0]],
    ['an orientation that stands alone', turn(6)],
  ])('%s stays, and the file with it', async (_, segment) => {
    const blob = new Blob([wholeJpeg(segment)]);
    const { blob: same, removed } = await strip(blob, { type: 'JPG' });
    expect(same).toBe(blob);
    expect(removed).toBe(false);
    await leaves(wholeJpeg(segment), wholeJpeg(comment, segment, comment));
  });
  test('a JFIF header stays without its thumbnail', async () => {
    const jfif = (x: number, y: number, pixels: number[]) =>
      jpegSegment(0xe0, [...bytesOf('JFIF\0\x01\x02\0\0\x01\0\x01', [x, y], pixels)]);
    await leaves(wholeJpeg(jfif(0, 0, [])), wholeJpeg(jfif(1, 2, [1, 2, 3, 4, 5, 6])));
  });
  test.each([2, 3, 4, 5, 6, 7, 8])('orientation %i stays, alone', async (orientation) => {
    await leaves(wholeJpeg(turn(orientation)), wholeJpeg(exifSegment(phoneTiff(orientation, plain))));
    const { blob } = await jpegStripped(wholeJpeg(exifSegment(tiff(orientation))));
    expect(await inspect(blob)).toMatchObject({ orientation, thumbnail: null });
  });
  test('a second EXIF turns nothing, whatever the first said', async () => {
    await leaves(plain, wholeJpeg(exifSegment(tiff(1)), exifSegment(tiff(6))));
    await leaves(wholeJpeg(turn(3)), wholeJpeg(exifSegment(tiff(3)), exifSegment(tiff(6))));
  });
  test('seven hundred gaps leave what they should, in a few reads', async () => {
    const table = bytesOf(jpegSegment(0xdb, new Array<number>(2000).fill(7)));
    const start = bytesOf(START_OF_IMAGE);
    const gap = bytesOf(comment);
    const gaps = Array.from({ length: 700 }, () => [gap, table]).flat();
    const expected = new Blob([start, ...gaps.filter((part) => part === table), plain.slice(2)]);
    await leaves(new Uint8Array(await expected.arrayBuffer()), start, ...gaps, plain.slice(2));
    const { blob, ranges } = watched(new Blob([start, ...gaps, plain.slice(2)]));
    await strip(blob, { type: 'JPG' });
    expect(ranges.length).toBeLessThan(8);
  });
});

describe('location', () => {
  test.each([
    ['EXIF with a latitude', exifSegment(phoneTiff(1, plain)), true],
    ['XMP with a latitude', xmp('<exif:GPSLatitude>48,51.5N</exif:GPSLatitude>'), true],
    ['XMP without', xmp('<dc:title>Paris</dc:title>'), false],
    ['EXIF without', exifSegment(tiff(6)), false],
    ['a comment that speaks of it', jpegSegment(0xfe, 'GPSLatitude'), false],
  ])('%s: %s', async (_, segment, location) => {
    expect((await jpegStripped(wholeJpeg(segment))).location).toBe(location);
    expect((await jpegStripped(wholeJpeg(segment, comment))).location).toBe(location);
  });
});

describe('scans', () => {
  test('what follows the image goes, and is not read', async () => {
    const { blob, ranges } = watched(new Blob([plain, new Uint8Array(5 * PASSAGE), plain]));
    let read = 0;
    const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(bytes, to) {
        read += bytes.length;
        to.enqueue(bytes);
      },
    });
    const stream = blob.stream();
    blob.stream = () => stream.pipeThrough(counted);
    const { blob: left } = await strip(blob, { type: 'JPG' });
    expect(new Uint8Array(await left.arrayBuffer())).toEqual(plain);
    expect(ranges).toEqual([[0, plain.length]]);
    expect(read).toBeLessThan(PASSAGE);
  });
  test('the end is behind the last of several scans; comments between them go, tables stay', async () => {
    const table = jpegSegment(0xc4, [1, 2, 3]);
    const progressive = (between: number[]) =>
      bytesOf(
        START_OF_IMAGE,
        frameHeader(9, 9, 0xc2),
        START_OF_SCAN,
        SCAN,
        between,
        table,
        START_OF_SCAN,
        SCAN,
        END_OF_IMAGE,
      );
    await leaves(progressive([]), progressive(comment), plain);
  });
  test('a scan of several passages is found to its end, wherever that falls', async () => {
    const before = plain.length - END_OF_IMAGE.length;
    const start = plain.slice(0, before);
    for (let shift = -6; shift <= 2; shift += 1) {
      const long = new Uint8Array(2 * PASSAGE - before + shift).fill(0x55);
      const expected = await new Blob([start, long, new Uint8Array(END_OF_IMAGE)]).arrayBuffer();
      await leaves(new Uint8Array(expected), start, long, bytesOf(comment, END_OF_IMAGE, comment));
    }
  });
  test('a large file is never held: reads of a passage, a result of slices', async () => {
    const long = new Uint8Array(8 * PASSAGE);
    const { blob, ranges } = watched(new Blob([wholeJpeg(comment).slice(0, -2), long, new Uint8Array(END_OF_IMAGE)]));
    await strip(blob, { type: 'JPG' });
    const reads = ranges.slice(0, -2);
    expect(reads).toEqual(reads.map((_, n) => [n * PASSAGE, (n + 1) * PASSAGE]));
    expect(ranges.at(-1)?.[1]).toBe(blob.size);
  });
});

describe('broken files', () => {
  const body = (...parts: number[][]) => bytesOf(START_OF_IMAGE, ...parts);
  test('of one that was cut within its scan, all that precedes it is stripped', async () => {
    await leaves(plain.slice(0, -6), wholeJpeg(exifSegment(phoneTiff(1, plain)), comment).slice(0, -6));
  });
  test('one that was cut within its metadata has none of them left', async () => {
    await leaves(body(turn(6)), body(comment, exifSegment(phoneTiff(6, plain)).slice(0, 60)));
    expect((await jpegStripped(body(exifSegment(phoneTiff(1, plain)).slice(0, -9)))).location).toBe(true);
  });
  test('a segment too short to count itself is one without data, as for libjpeg', async () => {
    await leaves(plain, bytesOf(START_OF_IMAGE, [0xff, 0xfe, 0, 0], plain.slice(2)));
  });
  test('an application segment in the midst of a scan goes with what a decoder skips behind it', async () => {
    const table = jpegSegment(0xdb, [1]);
    const scan = (...parts: (number[] | Bytes)[]) => bytesOf(plain.slice(0, -2), ...parts);
    await leaves(scan(table, END_OF_IMAGE), scan(comment, SCAN, table, END_OF_IMAGE));
  });
});
