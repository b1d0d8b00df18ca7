import { holds, u16, u32 } from './bytes.ts';

/** EXIF orientation: 1 is upright; 2 to 8 say how stored pixels are to be turned or mirrored; from 5 on width and height swap. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Bytes `from` until `to`. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** What is read of a TIFF block: JPEG has it after `Exif\0\0`, PNG in an `eXIf` chunk. */
export interface Exif {
  /** 1 when there is none, when the value is none of the eight, or when an offset points outside of the block. */
  readonly orientation: Orientation;
  /** A latitude is written in it. */
  readonly location: boolean;
  /** Where in the block the embedded JPEG lies; null when its ends are not those of a JPEG, or outside of the block. */
  readonly thumbnail: ByteRange | null;
}

const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];
const TAG_ORIENTATION = 0x0112;
const TAG_THUMBNAIL_OFFSET = 0x0201;
const TAG_THUMBNAIL_LENGTH = 0x0202;
const TAG_GPS_DIRECTORY = 0x8825;
const TAG_GPS_LATITUDE = 0x0002;
const TYPE_SHORT = 3;
const ENTRY = 12;
const NOTHING: Exif = { orientation: 1, location: false, thumbnail: null };

interface Block {
  readonly tiff: Uint8Array;
  readonly little: boolean;
}

/** Reads a TIFF block. Three directories at the most: the image's, its GPS directory and that of the thumbnail. */
export function readExif(tiff: Uint8Array): Exif {
  const little = holds(tiff, 0, 'II');
  if (!little && !holds(tiff, 0, 'MM')) return NOTHING;
  if (u16(tiff, 2, little) !== 42) return NOTHING;
  const block = { tiff, little };
  const image = u32(tiff, 4, little);
  const gps = longOf(block, image, TAG_GPS_DIRECTORY);
  return {
    orientation: orientationOf(block, image),
    location: gps !== null && entryOf(block, gps, TAG_GPS_LATITUDE) !== null,
    thumbnail: thumbnailOf(block, u32(tiff, image + 2 + u16(tiff, image, little) * ENTRY, little)),
  };
}

/** The same of a block that lies in a file from `from` until `to`; the thumbnail's place is one in the file. */
export function exifWithin(file: Uint8Array, from: number, to: number): Exif {
  const exif = readExif(file.subarray(from, to));
  const { thumbnail } = exif;
  return { ...exif, thumbnail: thumbnail && { from: from + thumbnail.from, to: from + thumbnail.to } };
}

/** Position of the first entry of this tag (and type) that lies within the block, or null. */
function entryOf({ tiff, little }: Block, directory: number, tag: number, type?: number): number | null {
  const count = u16(tiff, directory, little);
  for (let at = directory + 2, n = 0; n < count && at + ENTRY <= tiff.length; at += ENTRY, n += 1) {
    if (u16(tiff, at, little) !== tag) continue;
    if (type === undefined || u16(tiff, at + 2, little) === type) return at;
  }
  return null;
}

/** The 32 bits of an entry that are its value or the place of it, or null. */
function longOf(block: Block, directory: number, tag: number): number | null {
  const at = entryOf(block, directory, tag);
  return at === null ? null : u32(block.tiff, at + 8, block.little);
}

function orientationOf(block: Block, directory: number): Orientation {
  const at = entryOf(block, directory, TAG_ORIENTATION, TYPE_SHORT);
  const value = at === null ? 1 : u16(block.tiff, at + 8, block.little);
  return ORIENTATIONS.find((orientation) => orientation === value) ?? 1;
}

function thumbnailOf(block: Block, directory: number): ByteRange | null {
  if (directory === 0) return null;
  const { tiff } = block;
  const from = longOf(block, directory, TAG_THUMBNAIL_OFFSET);
  const length = longOf(block, directory, TAG_THUMBNAIL_LENGTH);
  if (from === null || length === null) return null;
  let to = from + length;
  // Some cameras count the padding behind it.
  while (to > from && tiff[to - 1] === 0) to -= 1;
  // Neither end is held by bytes that do not lie within the block.
  return to - from > 4 && holds(tiff, from, '\xff\xd8\xff') && holds(tiff, to - 2, '\xff\xd9') ? { from, to } : null;
}

/** A TIFF block that says the orientation and nothing else. */
export function orientationOnly(orientation: Orientation): Uint8Array<ArrayBuffer> {
  const entry = [TAG_ORIENTATION >> 8, TAG_ORIENTATION & 0xff, 0, TYPE_SHORT, 0, 0, 0, 1, 0, orientation, 0, 0];
  return Uint8Array.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0]);
}

/** Width and height as shown, from those stored. */
export function turned(width: number, height: number, orientation: Orientation): { width: number; height: number } {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}
