import { holds, u8, u16 } from './bytes.ts';
import { exifOrientation, type Orientation } from './exif.ts';

/** What a JPEG's header says. Pixels as stored, before orientation. */
export interface JpegHeader {
  /** Null when the frame header is not within the bytes given, or names no size. */
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly orientation: Orientation;
  /** Sequential DCT: can be decoded at a fraction of its size, in memory of that fraction. Progressive cannot. */
  readonly sequential: boolean;
}

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const APP1 = 0xe1;
/** From a frame header's marker to the end of its height and width. */
const FRAME_SIZE_END = 9;

function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function standsAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

export function isJpeg(bytes: Uint8Array): boolean {
  return holds(bytes, 0, '\xff\xd8\xff');
}

/** Walks the marker segments up to the first scan. Reads only lengths, so an application segment of any content is stepped over. */
export function readJpeg(bytes: Uint8Array): JpegHeader {
  let size: JpegHeader['size'] = null;
  let sequential = false;
  let orientation: Orientation | null = null;
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = u8(bytes, at + 1);
    if (u8(bytes, at) !== 0xff || marker === END_OF_IMAGE || marker === START_OF_SCAN) break;
    if (marker === 0xff || standsAlone(marker)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const length = u16(bytes, at + 2);
    if (length < 2) break;
    if (isFrameHeader(marker) && size === null && at + FRAME_SIZE_END <= bytes.length) {
      const [height, width] = [u16(bytes, at + 5), u16(bytes, at + 7)];
      if (width > 0 && height > 0) size = { width, height };
      sequential = marker === 0xc0 || marker === 0xc1;
    }
    if (marker === APP1 && orientation === null && holds(bytes, at + 4, 'Exif\0\0')) {
      orientation = exifOrientation(bytes.subarray(at + 10, at + 2 + length));
    }
    at += 2 + length;
  }
  return { size, orientation: orientation ?? 1, sequential };
}
