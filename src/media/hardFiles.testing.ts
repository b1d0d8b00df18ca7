import { chunkOf } from './pictures.testing.ts';
import { bytesOf, END_OF_IMAGE, exifSegment, frameHeader, jpegSegment, phoneTiff, START_OF_IMAGE } from './samples.ts';

/** Broken, lying and overlarge files, each with what becomes of it. Made of bytes alone, in browsers and in Node. */
export interface HardFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The rejection it ends in; `shown` and `unseen` are sent, with a preview and without. */
  readonly ends: 'shown' | 'unseen' | 'empty' | 'type' | 'mismatch' | 'heic' | 'pixels';
}

type Bytes = Uint8Array<ArrayBuffer>;
const text = (value: string) => new TextEncoder().encode(value);
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200"/></svg>';

function big(value: number): number[] {
  return [value >>> 24, value >>> 16, value >>> 8, value].map((byte) => byte & 0xff);
}

function little(value: number, bytes: 2 | 3 | 4): number[] {
  return big(value).reverse().slice(0, bytes);
}

/** The same noise every time. */
function random(length: number): Bytes {
  let seed = 1;
  return Uint8Array.from({ length }, () => {
    seed = (seed * 48271) % 0x7fffffff;
    return seed & 0xff;
  });
}

/** A PNG that decodes: black, one bit a pixel, so that few bytes are many pixels. */
export async function blackPng(width: number, height: number): Promise<Bytes> {
  const row = new Uint8Array(1 + Math.ceil(width / 8));
  const rows = new Blob(Array.from({ length: height }, () => row));
  const packed = new Response(rows.stream().pipeThrough(new CompressionStream('deflate')));
  const header = chunkOf('IHDR', [...big(width), ...big(height), 1, 0, 0, 0, 0]);
  const pixels = chunkOf('IDAT', new Uint8Array(await packed.arrayBuffer()));
  return bytesOf('\x89PNG\r\n\x1a\n', header, pixels, chunkOf('IEND', []));
}

/**
 * A JPEG that decodes: grey, and each block of 64 pixels takes two bits, because the only code of either Huffman table is a 0.
 * @param segments put before its frame header
 */
export function greyJpeg(width: number, height: number, ...segments: readonly (readonly number[])[]): Bytes {
  const ones = new Array<number>(64).fill(1);
  const oneCode = [1, ...new Array<number>(15).fill(0), 0];
  const tables = [jpegSegment(0xdb, [0, ...ones]), jpegSegment(0xc4, [0, ...oneCode, 0x10, ...oneCode])];
  const scan = jpegSegment(0xda, [1, 1, 0, 0, 63, 0]);
  const head = bytesOf(START_OF_IMAGE, ...segments, tables.flat(), frameHeader(width, height), scan);
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const all = new Uint8Array(head.length + Math.ceil(blocks / 4) + END_OF_IMAGE.length);
  all.set(head);
  all.set(END_OF_IMAGE, all.length - END_OF_IMAGE.length);
  return all;
}

/** More than is read of a header. */
function preamble(): number[][] {
  return Array.from({ length: 5 }, () => jpegSegment(0xe2, `MPF\0${' '.repeat(60_000)}`));
}

/** Headers that promise 268 to 4295 million pixels, and two pictures of 400 million that any decoder would decode. */
export async function bombs(): Promise<readonly HardFile[]> {
  const ends = 'pixels';
  const side = 20_000;
  const webp = [...little(0, 4), 0x2f, ...little(0x0fffffff, 4)];
  const ispe = bytesOf(big(20), 'ispe', big(0), big(side), big(side));
  return [
    { name: 'bomb.png', bytes: await blackPng(side, side), ends },
    { name: 'bomb.jpg', bytes: greyJpeg(side, side), ends },
    { name: 'bomb behind metadata.jpg', bytes: greyJpeg(side, side, ...preamble()), ends },
    { name: 'progressive bomb.jpg', bytes: bytesOf(START_OF_IMAGE, frameHeader(10_000, 5_001, 0xc2)), ends },
    { name: 'bomb.gif', bytes: bytesOf('GIF89a', little(65_535, 2), little(65_535, 2), [0x80, 0, 0]), ends },
    { name: 'bomb.webp', bytes: bytesOf('RIFF', little(17, 4), 'WEBPVP8L', webp), ends },
    {
      name: 'bomb.bmp',
      bytes: bytesOf('BM', new Uint8Array(12), little(40, 4), little(side, 4), little(side, 4)),
      ends,
    },
    { name: 'bomb.avif', bytes: bytesOf(big(20), 'ftypavif', big(0), 'avif', ispe), ends },
  ];
}

/**
 * What else is not as it should be.
 * @param photo a JPEG of at least some 20 kB
 * @param picture a PNG of at least some kB
 */
export function oddFiles(photo: Bytes, picture: Bytes): readonly HardFile[] {
  const damaged = photo.slice();
  for (let at = photo.length >> 1; at < photo.length - 2; at += 997) damaged[at] = at & 0x7f;
  const withExif = (block: readonly number[]) => bytesOf(photo.subarray(0, 2), exifSegment(block), photo.subarray(2));
  return [
    { name: 'empty.jpg', bytes: new Uint8Array(), ends: 'empty' },
    { name: 'text.jpg', bytes: text('this is only text\n'), ends: 'mismatch' },
    { name: 'noise.jpg', bytes: random(100_000), ends: 'mismatch' },
    { name: 'drawing.png', bytes: text(SVG), ends: 'mismatch' },
    { name: 'drawing.svg', bytes: text(SVG), ends: 'type' },
    { name: 'page.gif', bytes: text('<!doctype html><script>alert(1)</script>'), ends: 'mismatch' },
    { name: 'program.jpg', bytes: bytesOf('MZ', random(5_000)), ends: 'mismatch' },
    { name: 'document.jpg', bytes: text('%PDF-1.4\n1 0 obj\n'), ends: 'mismatch' },
    { name: 'photo.pdf', bytes: photo, ends: 'mismatch' },
    { name: 'phone.heic', bytes: bytesOf(big(24), 'ftypheic', big(0), 'mif1heic'), ends: 'heic' },
    { name: 'picture.jpg', bytes: picture, ends: 'shown' },
    { name: 'cut.jpg', bytes: photo.slice(0, 0.6 * photo.length), ends: 'shown' },
    { name: 'cut in its header.jpg', bytes: photo.slice(0, 100), ends: 'mismatch' },
    { name: 'cut.png', bytes: picture.slice(0, 0.6 * picture.length), ends: 'shown' },
    { name: 'damaged.jpg', bytes: damaged, ends: 'shown' },
    { name: 'header only.png', bytes: picture.slice(0, 33), ends: 'unseen' },
    { name: 'directory past the end.jpg', bytes: withExif([...text('MM\0*'), 0, 0xff, 0xff, 0xff]), ends: 'shown' },
    {
      name: 'bomb for a thumbnail.jpg',
      bytes: withExif(phoneTiff(1, bytesOf(START_OF_IMAGE, frameHeader(20_000, 20_000), END_OF_IMAGE))),
      ends: 'shown',
    },
    { name: 'two files in one.jpg', bytes: bytesOf(photo, random(50_000)), ends: 'shown' },
    { name: 'line.jpg', bytes: greyJpeg(30_000, 40), ends: 'shown' },
  ];
}
