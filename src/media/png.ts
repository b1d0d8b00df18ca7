import { holds, latin, u8, u32 } from './bytes.ts';
import { type ByteRange, type Exif, exifWithin, type Orientation } from './exif.ts';

/** What a PNG's first chunks say. Pixels as stored, before orientation. */
export interface PngHeader {
  /** Null when the first chunk is not a header that names a size. */
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly orientation: Orientation;
  /** The JPEG that the first `eXIf` says it embeds. */
  readonly thumbnail: ByteRange | null;
  readonly animated: boolean;
  /** Each pixel has an opacity of its own, or a colour is named as see-through. */
  readonly alpha: boolean;
}

export const SIGNATURE = '\x89PNG\r\n\x1a\n';
export const CHUNK_TYPE = /^[A-Za-z]{4}$/;
/** Length, type and checksum around a chunk's data. */
export const CHUNK_FRAME = 12;
/** Colour types: grey and colour, with alpha. */
const ALPHA_TYPES = [4, 6];

export function isPng(bytes: Uint8Array): boolean {
  return holds(bytes, 0, SIGNATURE);
}

/** Walks the chunks as far as the bytes go: `acTL` makes it animated, the first `eXIf` turns it. */
export function readPng(bytes: Uint8Array): PngHeader {
  let exif: Exif | null = null;
  const types = new Set<string>();
  for (let at = SIGNATURE.length; at + CHUNK_FRAME <= bytes.length; at += CHUNK_FRAME + u32(bytes, at)) {
    const type = latin(bytes, at + 4, 4);
    if (!CHUNK_TYPE.test(type)) break;
    types.add(type);
    if (type === 'IEND') break;
    if (type === 'eXIf') exif ??= exifWithin(bytes, at + 8, at + 8 + u32(bytes, at));
  }
  const [width, height] = [u32(bytes, 16), u32(bytes, 20)];
  const named = bytes.length >= 24 && holds(bytes, 8, '\0\0\0\x0dIHDR') && width > 0 && height > 0;
  return {
    size: named ? { width, height } : null,
    orientation: exif?.orientation ?? 1,
    thumbnail: exif?.thumbnail ?? null,
    animated: types.has('acTL'),
    alpha: ALPHA_TYPES.includes(u8(bytes, 25)) || types.has('tRNS'),
  };
}
