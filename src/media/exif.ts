import { holds, u16, u32 } from './bytes.ts';

/** EXIF orientation: 1 is upright; 2 to 8 say how stored pixels are to be turned or mirrored; from 5 on width and height swap. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];
const TAG_ORIENTATION = 0x0112;
const TYPE_SHORT = 3;
const ENTRY = 12;

/**
 * Orientation from a TIFF block (after JPEG's `Exif\0\0`, or a PNG `eXIf` chunk). 1 when there is none, when the value is
 * none of the eight, or when an offset points outside of the block.
 */
export function exifOrientation(tiff: Uint8Array): Orientation {
  const little = holds(tiff, 0, 'II');
  if (!little && !holds(tiff, 0, 'MM')) return 1;
  if (u16(tiff, 2, little) !== 42) return 1;
  const ifd = u32(tiff, 4, little);
  const count = u16(tiff, ifd, little);
  for (let at = ifd + 2, n = 0; n < count && at + ENTRY <= tiff.length; at += ENTRY, n += 1) {
    if (u16(tiff, at, little) !== TAG_ORIENTATION || u16(tiff, at + 2, little) !== TYPE_SHORT) continue;
    const value = u16(tiff, at + 8, little);
    return ORIENTATIONS.find((orientation) => orientation === value) ?? 1;
  }
  return 1;
}

/** Width and height as shown, from those stored. */
export function turned(width: number, height: number, orientation: Orientation): { width: number; height: number } {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}
