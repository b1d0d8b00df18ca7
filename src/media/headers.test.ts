import { describe, expect, test } from 'vitest';
import { orientationOnly, readExif } from './exif.ts';
import { readGif } from './gif.ts';
import { readJpeg } from './jpeg.ts';
import { readPng } from './png.ts';
import {
  bytesOf,
  exifSegment,
  frameHeader,
  GIF_LOOP,
  gif,
  gifFrame,
  jpeg,
  jpegSegment,
  PHONE_THUMBNAIL,
  phoneTiff,
  png,
  pngChunk,
  START_OF_IMAGE,
  START_OF_SCAN,
  tiff,
  wholeJpeg,
} from './samples.ts';

describe('EXIF orientation', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('%i is read in both byte orders', (value) => {
    expect(readExif(bytesOf(tiff(value, 'II'))).orientation).toBe(value);
    expect(readExif(bytesOf(tiff(value, 'MM'))).orientation).toBe(value);
  });
  test.each([
    ['a value that is none of the eight', tiff(9)],
    ['zero', tiff(0)],
    ['a directory past the end', tiff(6, 'MM', 0x00ffffff)],
    ['a directory that is cut before the entry', tiff(6).slice(0, 24)],
    ['another byte order mark', [0x58, 0x58, ...tiff(6).slice(2)]],
    ['no TIFF magic', [...tiff(6).slice(0, 2), 0, 43, ...tiff(6).slice(4)]],
    ['nothing', []],
  ])('is 1 for %s', (_, block) => {
    expect(readExif(bytesOf(block)).orientation).toBe(1);
  });
  test('alone in a block is read back', () => {
    const alone = { location: false, thumbnail: null };
    expect(readExif(orientationOnly(7))).toEqual({ ...alone, orientation: 7 });
  });
});

describe('EXIF as a phone writes it', () => {
  const small = wholeJpeg();
  const block = (length?: number) => bytesOf(phoneTiff(6, small, length));
  test('says the orientation, that there is a place, and where the thumbnail is', () => {
    const thumbnail = { from: PHONE_THUMBNAIL, to: PHONE_THUMBNAIL + small.length };
    expect(readExif(block())).toEqual({ orientation: 6, location: true, thumbnail });
    expect(readExif(bytesOf(block(small.length + 3), [0, 0, 0])).thumbnail).toEqual(thumbnail);
  });
  test.each([
    ['longer than the block', block(small.length + 1)],
    ['shorter than its JPEG', block(small.length - 1)],
    ['of four thousand million bytes', block(0xffffffff)],
    ['empty', block(0)],
    ['no JPEG', bytesOf(phoneTiff(6, bytesOf([0, ...small.subarray(1)])))],
    ['cut with the block', block().subarray(0, -1)],
  ])('has no thumbnail when it is %s', (_, bytes) => {
    expect(readExif(bytes)).toEqual({ orientation: 6, location: true, thumbnail: null });
  });
  test('a GPS directory without latitude, or outside of the block, is no place', () => {
    const bytes = block();
    const withoutLatitude = bytes.slice();
    withoutLatitude[41] = 1;
    expect(readExif(withoutLatitude).location).toBe(false);
    const outside = bytes.slice();
    outside.set([0x7f, 0xff, 0xff, 0xff], 8 + 2 + 12 + 8);
    expect(readExif(outside).location).toBe(false);
  });
});

describe('JPEG header', () => {
  test('names the stored size, the orientation and a sequential frame', () => {
    expect(readJpeg(jpeg(4032, 3024, exifSegment(tiff(6))))).toEqual({
      size: { width: 4032, height: 3024 },
      orientation: 6,
      thumbnail: null,
      sequential: true,
    });
  });
  test.each([
    [0xc0, true],
    [0xc1, true],
    [0xc2, false],
    [0xca, false],
  ])('frame marker %i: sequential %s', (marker, sequential) => {
    const bytes = bytesOf(START_OF_IMAGE, frameHeader(10, 20, marker), START_OF_SCAN);
    expect(readJpeg(bytes)).toMatchObject({ size: { width: 10, height: 20 }, orientation: 1, sequential });
  });
  test('steps over tables, fill bytes and what stands inside of segments', () => {
    const decoy = jpegSegment(0xe2, frameHeader(1, 1));
    const bytes = bytesOf(START_OF_IMAGE, decoy, jpegSegment(0xc4, [0]), [0xff], frameHeader(10, 20), START_OF_SCAN);
    expect(readJpeg(bytes).size).toEqual({ width: 10, height: 20 });
  });
  test('takes the first EXIF block, even after the frame header, none after the scan', () => {
    const bytes = (...parts: number[][]) => bytesOf(START_OF_IMAGE, ...parts);
    const [first, second] = [exifSegment(tiff(8)), exifSegment(tiff(3))];
    expect(readJpeg(bytes(frameHeader(1, 2), first, second, START_OF_SCAN)).orientation).toBe(8);
    expect(readJpeg(bytes(frameHeader(1, 2), START_OF_SCAN, first)).orientation).toBe(1);
  });
  test('is read on behind what decoders skip: bytes between segments, a segment too short to count itself', () => {
    const skipped = [1, 2, 0xff, 0, 0xff, 0xd0, 0xff, 0xff];
    expect(readJpeg(bytesOf(START_OF_IMAGE, skipped, frameHeader(1, 2))).size).toEqual({ width: 1, height: 2 });
    expect(readJpeg(bytesOf(START_OF_IMAGE, [0xff, 0xe0, 0, 1], frameHeader(1, 2))).size).toEqual({
      width: 1,
      height: 2,
    });
  });
  test('has no size when cut before the frame header, at zero height, or in a frame header too short for it', () => {
    expect(readJpeg(jpeg(4032, 3024).subarray(0, 20)).size).toBeNull();
    expect(readJpeg(jpeg(4032, 0)).size).toBeNull();
    expect(readJpeg(bytesOf(START_OF_IMAGE, [0xff, 0xc0, 0, 0], frameHeader(1, 2).slice(4))).size).toBeNull();
  });
});

describe('PNG header', () => {
  test('names size, orientation and animation', () => {
    const plain = { orientation: 1, thumbnail: null, animated: false, alpha: false };
    expect(readPng(png(3840, 2160))).toEqual({ ...plain, size: { width: 3840, height: 2160 } });
    expect(readPng(png(640, 480, pngChunk('eXIf', tiff(6)))).orientation).toBe(6);
    expect(readPng(png(640, 480, pngChunk('acTL', [0, 0, 0, 2, 0, 0, 0, 0]))).animated).toBe(true);
  });
  test.each([0, 2, 3, 4, 6])('colour type %i: opacity by the type, or by a chunk', (colourType) => {
    const bytes = png(4, 4);
    bytes[25] = colourType;
    expect(readPng(bytes).alpha).toBe(colourType === 4 || colourType === 6);
    expect(readPng(png(4, 4, pngChunk('tRNS', [0]))).alpha).toBe(true);
  });
  test('takes the first EXIF block, as libpng does', () => {
    const two = png(4, 4, pngChunk('eXIf', tiff(6)), pngChunk('eXIf', tiff(3)));
    expect(readPng(two).orientation).toBe(6);
  });
  test('ends with IEND, and with what is no chunk', () => {
    const moving = bytesOf(pngChunk('acTL', [0]));
    expect(readPng(bytesOf(png(4, 4), moving)).animated).toBe(false);
    expect(readPng(bytesOf(png(4, 4).slice(0, 33), pngChunk('te t'), moving)).animated).toBe(false);
  });
  test('is not led astray by chunk data', () => {
    expect(readPng(png(640, 480, pngChunk('tEXt', pngChunk('acTL')))).animated).toBe(false);
  });
  test('has no size when the first chunk is another, or a side is zero', () => {
    expect(readPng(bytesOf('\x89PNG\r\n\x1a\n', pngChunk('IDAT', [0, 0, 0, 9, 0, 0, 0, 9]))).size).toBeNull();
    expect(readPng(png(0, 480)).size).toBeNull();
  });
  test('keeps sides that overflow 32 bits when multiplied', () => {
    expect(readPng(png(0xffffffff, 0xffffffff)).size).toEqual({ width: 0xffffffff, height: 0xffffffff });
  });
});

test('a size of which only some bytes are there is no size', () => {
  const cut = { jpeg: jpeg(640, 480), png: png(640, 480), gif: gif(640, 480) };
  const frame = cut.jpeg.length - START_OF_SCAN.length - frameHeader(1, 1).length;
  expect(readJpeg(cut.jpeg.subarray(0, frame + 8)).size).toBeNull();
  expect(readJpeg(cut.jpeg.subarray(0, frame + 9)).size).toEqual({ width: 640, height: 480 });
  expect(readPng(cut.png.subarray(0, 23)).size).toBeNull();
  expect(readGif(cut.gif.subarray(0, 9)).size).toBeNull();
});

describe('GIF header', () => {
  test.each([
    ['one frame', [gifFrame(4, 4)], false],
    ['two frames', [gifFrame(4, 4), gifFrame(4, 4)], true],
    ['a loop count', [GIF_LOOP, gifFrame(4, 4)], true],
    ['a comment before the frame', [[0x21, 0xfe, 2, 0x2c, 0x2c, 0], gifFrame(4, 4)], false],
  ])('%s', (_, blocks, animated) => {
    expect(readGif(gif(4, 4, ...blocks))).toEqual({ size: { width: 4, height: 4 }, animated, alpha: false });
  });
  test.each([
    [0x01, true],
    [0x08, false],
  ])('a frame with control flags %i: see-through %s', (flags, alpha) => {
    expect(readGif(gif(4, 4, [0x21, 0xf9, 4, flags, 0, 0, 0, 0], gifFrame(4, 4))).alpha).toBe(alpha);
  });
  test('counts a first frame that is larger than the screen, as decoders do', () => {
    expect(readGif(gif(1, 1, gifFrame(60000, 60000))).size).toEqual({ width: 60000, height: 60000 });
  });
});
