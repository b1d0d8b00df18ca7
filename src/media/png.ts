import { holds, u32 } from './bytes.ts';
import { exifOrientation, type Orientation } from './exif.ts';

/** What a PNG's first chunks say. Pixels as stored, before orientation. */
export interface PngHeader {
  /** Null when the first chunk is not a header that names a size. */
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly orientation: Orientation;
  readonly animated: boolean;
}

const SIGNATURE = '\x89PNG\r\n\x1a\n';
/** Length, type and checksum around a chunk's data. */
const CHUNK_FRAME = 12;

export function isPng(bytes: Uint8Array): boolean {
  return holds(bytes, 0, SIGNATURE);
}

/** Walks the chunks as far as the bytes go: `acTL` makes it animated, `eXIf` turns it. */
export function readPng(bytes: Uint8Array): PngHeader {
  let orientation: Orientation = 1;
  let animated = false;
  for (let at = SIGNATURE.length; at + CHUNK_FRAME <= bytes.length; at += CHUNK_FRAME + u32(bytes, at)) {
    if (holds(bytes, at + 4, 'acTL')) animated = true;
    if (holds(bytes, at + 4, 'eXIf')) orientation = exifOrientation(bytes.subarray(at + 8, at + 8 + u32(bytes, at)));
  }
  const [width, height] = [u32(bytes, 16), u32(bytes, 20)];
  const named = bytes.length >= 24 && holds(bytes, 12, 'IHDR') && width > 0 && height > 0;
  return { size: named ? { width, height } : null, orientation, animated };
}
