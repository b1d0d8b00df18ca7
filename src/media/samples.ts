/** Bytes of small made-up files, for tests. Headers only, unless said otherwise. */

const LATIN = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));

function big(value: number, bytes: 2 | 4): number[] {
  const all = [value >>> 24, value >>> 16, value >>> 8, value].map((byte) => byte & 0xff);
  return all.slice(4 - bytes);
}

function little(value: number, bytes: 2 | 4): number[] {
  return big(value, bytes).reverse();
}

export function bytesOf(...parts: (string | readonly number[] | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? LATIN(part) : Array.from(part))));
}

/** A TIFF block with one directory; `ifd` is where the directory claims to be. */
export function tiff(orientation: number, order: 'II' | 'MM' = 'MM', ifd = 8): number[] {
  const n = order === 'MM' ? big : little;
  const make = [...n(0x010f, 2), ...n(2, 2), ...n(4, 4), ...LATIN('Acme')];
  const turn = [...n(0x0112, 2), ...n(3, 2), ...n(1, 4), ...n(orientation, 2), 0, 0];
  return [...LATIN(order), ...n(42, 2), ...n(ifd, 4), ...n(2, 2), ...make, ...turn, ...n(0, 4)];
}

/** A directory of a TIFF block, big endian: tag, type, count, value as four bytes; `next` is where the next one is. */
function directory(entries: readonly (readonly [number, number, number, readonly number[]])[], next: number): number[] {
  const lines = entries.flatMap(([tag, type, count, value]) => [
    ...big(tag, 2),
    ...big(type, 2),
    ...big(count, 4),
    ...value,
  ]);
  return [...big(entries.length, 2), ...lines, ...big(next, 4)];
}

/** Where `phoneTiff` embeds its thumbnail. */
export const PHONE_THUMBNAIL = 110;

/** A TIFF block as phones write it: orientation, a latitude, and a second directory that embeds a JPEG. */
export function phoneTiff(
  orientation: number,
  thumbnail: ArrayLike<number>,
  thumbnailLength = thumbnail.length,
): number[] {
  const [gps, second] = [38, 80];
  const image = directory(
    [
      [0x0112, 3, 1, [...big(orientation, 2), 0, 0]],
      [0x8825, 4, 1, big(gps, 4)],
    ],
    second,
  );
  const latitude = [48, 1, 51, 1, 30, 1].flatMap((value) => big(value, 4));
  const place = directory([[0x0002, 5, 3, big(gps + 18, 4)]], 0);
  const small = directory(
    [
      [0x0201, 4, 1, big(PHONE_THUMBNAIL, 4)],
      [0x0202, 4, 1, big(thumbnailLength, 4)],
    ],
    0,
  );
  return [...LATIN('MM'), 0, 42, ...big(8, 4), ...image, ...place, ...latitude, ...small, ...Array.from(thumbnail)];
}

export function jpegSegment(marker: number, data: readonly number[] | string): number[] {
  const content = typeof data === 'string' ? LATIN(data) : data;
  return [0xff, marker, ...big(content.length + 2, 2), ...content];
}

export function exifSegment(block: readonly number[]): number[] {
  return jpegSegment(0xe1, [...LATIN('Exif\0\0'), ...block]);
}

export function frameHeader(width: number, height: number, marker = 0xc0): number[] {
  return jpegSegment(marker, [8, ...big(height, 2), ...big(width, 2), 1, 1, 0x11, 0]);
}

export const START_OF_IMAGE = [0xff, 0xd8];
export const START_OF_SCAN = jpegSegment(0xda, [1, 1, 0, 0, 63, 0]);

/** Compressed data with what must not be taken for its end: a stuffed byte, a restart, a reserved code, a fill byte. */
export const SCAN = [0x12, 0xff, 0x00, 0x34, 0xff, 0xd3, 0x56, 0xff, 0x02, 0xff, 0xff, 0x00, 0x78];
export const END_OF_IMAGE = [0xff, 0xd9];

/** A whole JPEG, as far as one can tell without decoding it. */
export function wholeJpeg(...segments: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  return bytesOf(jpeg(160, 120, ...segments), SCAN, END_OF_IMAGE);
}

export function jpeg(
  width: number,
  height: number,
  ...segments: readonly (readonly number[])[]
): Uint8Array<ArrayBuffer> {
  return bytesOf(
    START_OF_IMAGE,
    jpegSegment(0xe0, 'JFIF\0\x01\x02\0\0\x01\0\x01\0\0'),
    ...segments,
    frameHeader(width, height),
    START_OF_SCAN,
  );
}

export function pngChunk(type: string, data: readonly number[] = []): number[] {
  return [...big(data.length, 4), ...LATIN(type), ...data, 0, 0, 0, 0];
}

export function png(width: number, height: number, ...chunks: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const header = pngChunk('IHDR', [...big(width, 4), ...big(height, 4), 8, 2, 0, 0, 0]);
  return bytesOf('\x89PNG\r\n\x1a\n', header, ...chunks, pngChunk('IDAT', [0]), pngChunk('IEND'));
}

export function gifFrame(width: number, height: number): number[] {
  return [0x2c, 0, 0, 0, 0, ...little(width, 2), ...little(height, 2), 0, 2, 2, 0x4c, 0x01, 0];
}

export const GIF_LOOP = [0x21, 0xff, 11, ...LATIN('NETSCAPE2.0'), 3, 1, 0, 0, 0];

export function gif(width: number, height: number, ...blocks: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const twoColours = [0, 0, 0, 255, 255, 255];
  return bytesOf('GIF89a', little(width, 2), little(height, 2), [0x80, 0, 0], twoColours, ...blocks, [0x3b]);
}

/** A whole ZIP of stored entries; with `sizesFollow` as streaming writers make it, sizes only in the directory. */
export function zip(entries: Readonly<Record<string, string>>, sizesFollow = false): Uint8Array<ArrayBuffer> {
  let local = bytesOf();
  let directory = bytesOf();
  for (const [name, data] of Object.entries(entries)) {
    const size = [...little(data.length, 4), ...little(data.length, 4)];
    const common = [...little(sizesFollow ? 8 : 0, 2), ...new Array<number>(10).fill(0)];
    const lengths = [...little(name.length, 2), 0, 0];
    const listed = [...common, ...size, ...lengths, ...new Array<number>(10).fill(0), ...little(local.length, 4)];
    directory = bytesOf(directory, 'PK\x01\x02', [20, 0, 20, 0], listed, name);
    const told = sizesFollow ? new Array<number>(8).fill(0) : size;
    local = bytesOf(local, 'PK\x03\x04', [20, 0], common, told, lengths, name, data);
  }
  const count = little(Object.keys(entries).length, 2);
  const place = [...little(directory.length, 4), ...little(local.length, 4)];
  return bytesOf(local, directory, 'PK\x05\x06', [0, 0, 0, 0], count, count, place, [0, 0]);
}

export const CONTENT_TYPES = { '[Content_Types].xml': '<Types/>', '_rels/.rels': '<Relationships/>' };

/** A blob, and the ranges that are asked of it. */
export function watched(blob: Blob): {
  readonly blob: Blob;
  readonly ranges: readonly (readonly (number | undefined)[])[];
} {
  const ranges: (number | undefined)[][] = [];
  const slice = blob.slice.bind(blob);
  blob.slice = (from, to) => {
    ranges.push([from, to]);
    return slice(from, to);
  };
  return { blob, ranges };
}
