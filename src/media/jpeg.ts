import { holds, u8, u16 } from './bytes.ts';
import { type ByteRange, type Exif, exifWithin, type Orientation } from './exif.ts';

/** What a JPEG's header says. Pixels as stored, before orientation. */
export interface JpegHeader {
  /** Null when the frame header is not within the bytes given, or names no size. */
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly orientation: Orientation;
  /** The JPEG that the first EXIF block says it embeds. */
  readonly thumbnail: ByteRange | null;
  /** Sequential DCT: can be decoded at a fraction of its size, in memory of that fraction. Progressive cannot. */
  readonly sequential: boolean;
}

export const START_OF_IMAGE = 0xd8;
export const END_OF_IMAGE = 0xd9;
export const START_OF_SCAN = 0xda;
export const APP1 = 0xe1;
/** Opens the segment that holds a TIFF block. */
export const EXIF = 'Exif\0\0';
/** From a frame header's marker to the end of its height and width. */
const FRAME_SIZE_END = 9;

function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

export function isJpeg(bytes: Uint8Array): boolean {
  return holds(bytes, 0, '\xff\xd8\xff');
}

/**
 * Where the next marker stands, or null: not a stuffed byte, a restart, a fill byte or a reserved code. Decoders read over these,
 * within a scan as between segments, and over whatever else precedes it (libjpeg's `next_marker`).
 */
export function nextMarker(bytes: Uint8Array, from: number): number | null {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const code = u8(bytes, at + 1);
    if (code >= 0xc0 && code !== 0xff && (code < 0xd0 || code > 0xd7)) return at;
  }
  return null;
}

/** Position after the segment whose marker stands at `at`. libjpeg takes a length that does not count itself as one that does. */
export function afterSegment(bytes: Uint8Array, at: number): number {
  return at + 2 + Math.max(2, u16(bytes, at + 2));
}

/** Walks the marker segments up to the first scan, as decoders do. Reads only lengths, so a segment of any content is stepped over. */
export function readJpeg(bytes: Uint8Array): JpegHeader {
  let size: JpegHeader['size'] = null;
  let sequential = false;
  let exif: Exif | null = null;
  let at = nextMarker(bytes, 2);
  while (at !== null && at + 4 <= bytes.length) {
    const marker = u8(bytes, at + 1);
    if (marker === END_OF_IMAGE || marker === START_OF_SCAN) break;
    const end = marker === START_OF_IMAGE ? at + 2 : afterSegment(bytes, at);
    if (isFrameHeader(marker) && size === null && at + FRAME_SIZE_END <= Math.min(end, bytes.length)) {
      const [height, width] = [u16(bytes, at + 5), u16(bytes, at + 7)];
      if (width > 0 && height > 0) size = { width, height };
      sequential = marker === 0xc0 || marker === 0xc1;
    }
    if (marker === APP1 && exif === null && holds(bytes, at + 4, EXIF)) {
      exif = exifWithin(bytes, at + 4 + EXIF.length, end);
    }
    at = nextMarker(bytes, end);
  }
  return { size, orientation: exif?.orientation ?? 1, thumbnail: exif?.thumbnail ?? null, sequential };
}
