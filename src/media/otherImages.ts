import { find, holds, u8, u16, u32 } from './bytes.ts';

/** What the header says of an image of a type that no account accepts and that a browser may convert. */
export interface OtherImage {
  /** Pixels as shown; null when no size is named. */
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly animated: boolean;
  readonly alpha: boolean;
}

const VP8X_ANIMATION = 0x02;
const VP8X_ALPHA = 0x10;
/** Fourteen bits of a side; above them stand two bits of scale. */
const SIDE = 0x3fff;

/** WebP: an extended header, or the frame header of the lossless or of the lossy codec. */
export function readWebp(bytes: Uint8Array): OtherImage {
  if (holds(bytes, 12, 'VP8X')) {
    const flags = u8(bytes, 20);
    const size = named(1 + u24(bytes, 24), 1 + u24(bytes, 27), bytes.length >= 30);
    return { size, animated: (flags & VP8X_ANIMATION) !== 0, alpha: (flags & VP8X_ALPHA) !== 0 };
  }
  if (holds(bytes, 12, 'VP8L') && u8(bytes, 20) === 0x2f) {
    const bits = u32(bytes, 21, true);
    const size = named(1 + (bits & SIDE), 1 + ((bits >>> 14) & SIDE), bytes.length >= 25);
    return { size, animated: false, alpha: ((bits >>> 28) & 1) === 1 };
  }
  const isLossy = holds(bytes, 12, 'VP8 ') && holds(bytes, 23, '\x9d\x01\x2a');
  const size = named(u16(bytes, 26, true) & SIDE, u16(bytes, 28, true) & SIDE, isLossy && bytes.length >= 30);
  return { size, animated: false, alpha: false };
}

/** BMP: the header of OS/2 has sides of 16 bits, all later ones of 32; a negative height counts from the top. */
export function readBmp(bytes: Uint8Array): OtherImage {
  const isOld = u32(bytes, 14, true) === 12;
  const [width, height] = isOld
    ? [u16(bytes, 18, true), u16(bytes, 20, true)]
    : [u32(bytes, 18, true) | 0, Math.abs(u32(bytes, 22, true) | 0)];
  return { size: named(width, height, bytes.length >= 26), animated: false, alpha: false };
}

/**
 * HEIC and AVIF: the largest of the sizes in it (`ispe`: of the image, its tiles and its thumbnail), turned when the first
 * rotation (`irot`) is by a quarter. The boxes are searched for; which belongs to which image is left to decoders.
 */
export function readHeif(bytes: Uint8Array): OtherImage {
  let [width, height] = [0, 0];
  for (let at = find(bytes, '\0\0\0\x14ispe\0\0\0\0'); at >= 0; at = find(bytes, '\0\0\0\x14ispe\0\0\0\0', at + 1)) {
    const [wide, high] = [u32(bytes, at + 12), u32(bytes, at + 16)];
    if (at + 20 <= bytes.length && wide * high > width * height) [width, height] = [wide, high];
  }
  const rotation = find(bytes, '\0\0\0\x09irot');
  if (rotation >= 0 && u8(bytes, rotation + 8) & 1) [width, height] = [height, width];
  const animated = holds(bytes, 8, 'avis') || holds(bytes, 8, 'msf1') || holds(bytes, 8, 'hevc');
  return {
    size: named(width, height, true),
    animated,
    alpha: find(bytes, ':auxid:1\0') >= 0 || find(bytes, 'auxiliary:alpha') >= 0,
  };
}

function named(width: number, height: number, isThere: boolean): OtherImage['size'] {
  return isThere && width > 0 && height > 0 ? { width, height } : null;
}

function u24(bytes: Uint8Array, at: number): number {
  return u16(bytes, at, true) + u8(bytes, at + 2) * 0x10000;
}
