import { describe, expect, test } from 'vitest';
import { exifOrientation } from './exif.ts';
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
  png,
  pngChunk,
  START_OF_IMAGE,
  START_OF_SCAN,
  tiff,
} from './samples.ts';

describe('EXIF orientation', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('%i is read in both byte orders', (value) => {
    expect(exifOrientation(bytesOf(tiff(value, 'II')))).toBe(value);
    expect(exifOrientation(bytesOf(tiff(value, 'MM')))).toBe(value);
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
    expect(exifOrientation(bytesOf(block))).toBe(1);
  });
});

describe('JPEG header', () => {
  test('names the stored size, the orientation and a sequential frame', () => {
    expect(readJpeg(jpeg(4032, 3024, exifSegment(tiff(6))))).toEqual({
      size: { width: 4032, height: 3024 },
      orientation: 6,
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
    expect(readJpeg(bytes)).toEqual({ size: { width: 10, height: 20 }, orientation: 1, sequential });
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
  test('has no size when cut before the frame header, at zero height, or with a segment of impossible length', () => {
    expect(readJpeg(jpeg(4032, 3024).subarray(0, 20)).size).toBeNull();
    expect(readJpeg(jpeg(4032, 0)).size).toBeNull();
    expect(readJpeg(bytesOf(START_OF_IMAGE, [0xff, 0xe0, 0, 1], frameHeader(1, 2))).size).toBeNull();
  });
});

describe('PNG header', () => {
  test('names size, orientation and animation', () => {
    expect(readPng(png(3840, 2160))).toEqual({ size: { width: 3840, height: 2160 }, orientation: 1, animated: false });
    expect(readPng(png(640, 480, pngChunk('eXIf', tiff(6)))).orientation).toBe(6);
    expect(readPng(png(640, 480, pngChunk('acTL', [0, 0, 0, 2, 0, 0, 0, 0]))).animated).toBe(true);
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
    expect(readGif(gif(4, 4, ...blocks))).toEqual({ size: { width: 4, height: 4 }, animated });
  });
  test('counts a first frame that is larger than the screen, as decoders do', () => {
    expect(readGif(gif(1, 1, gifFrame(60000, 60000))).size).toEqual({ width: 60000, height: 60000 });
  });
});
