import { MAX_PREVIEW_CHARACTERS } from '../protocol/fileTypes.ts';
import type { Codec } from './codec.ts';
import { compression } from './compression.ts';
import { type Encoding, FIRST_QUALITY, nextEncoding } from './fit.ts';
import type { Inspection } from './inspect.ts';
import { oneAtATime, within } from './settle.ts';

/** What the receiver sees before the file itself (PROTOCOL §8.4); small enough to be the thumbnail on screen as well. */
export interface Preview {
  /** JPEG data URL of at most 30 000 characters; null when the file has none. */
  readonly dataUrl: string | null;
  /** Pixels of the whole image as shown, null when not known. Only decoding tells for sure, so these may differ from the inspection's. */
  readonly width: number | null;
  readonly height: number | null;
}

export interface PreviewIo {
  readonly signal?: AbortSignal;
  /** Tried in order. */
  readonly codecs?: readonly Codec[];
  /** Most ms for one codec: browser-image-compression knows cases in which it never settles (IMAGES §8). */
  readonly patience?: number;
}

export type MakePreview = (blob: Blob, inspection: Inspection, io?: PreviewIo) => Promise<Preview>;

/** Long edge of a preview in pixels. */
const EDGE = 400;
/**
 * Long edge asked of a codec. The last step smooths well, browser-image-compression does not: a 4K screenshot is 29 dB from
 * a Lanczos reduction by way of 1600 px, 23 dB by way of 800 px, in the same time.
 */
const REDUCED_EDGE = 4 * EDGE;
const MAX_ENCODINGS = 4;
/** A browser that cannot encode JPEG answers with a PNG. */
const JPEG_DATA_URL = 'data:image/jpeg;base64,';
const PATIENCE = 10_000;

/**
 * A preview of an image: upright, long edge ≤ 400 px, white where it was transparent, of an animation the first frame.
 * Never rejects: a document, an image that is too large or cannot be decoded, a time-out and an abort all come out as
 * `dataUrl: null`. Decodes now; `serialPreviews` waits its turn.
 */
export const makePreview: MakePreview = async (blob, inspection, io = {}) => {
  const { width, height } = inspection;
  const bitmap = await decode(blob, inspection, io);
  if (bitmap === null) return { dataUrl: null, width, height };
  try {
    return { dataUrl: encode(bitmap, MAX_PREVIEW_CHARACTERS), ...asDecoded(inspection, bitmap) };
  } catch {
    // A browser without the memory for even this canvas.
    return { dataUrl: null, width, height };
  } finally {
    bitmap.close();
  }
};

/** `makePreview`, one at a time in the order of the calls: ten photos must not be in memory at once. */
export function serialPreviews(make: MakePreview = makePreview): MakePreview {
  return oneAtATime(make);
}

async function decode(blob: Blob, inspection: Inspection, io: PreviewIo): Promise<ImageBitmap | null> {
  const { signal, codecs = [compression], patience = PATIENCE } = io;
  for (const codec of codecs) {
    if (!codec.accepts(inspection)) continue;
    const job = (stop: AbortSignal) => codec.reduce(blob, inspection, REDUCED_EDGE, stop);
    const bitmap = await within(job, { ms: patience, signal, late: (unused) => unused.close() });
    if (bitmap !== null) return bitmap;
  }
  return null;
}

/** The inspection's size, swapped where the decoded image lies the other way (EXIF behind the header that was read). */
function asDecoded(
  { width, height }: Inspection,
  bitmap: ImageBitmap,
): { readonly width: number | null; readonly height: number | null } {
  if (width === null || height === null) return { width, height };
  const swapped = (width > height && bitmap.width < bitmap.height) || (width < height && bitmap.width > bitmap.height);
  return swapped ? { width: height, height: width } : { width, height };
}

/** The bitmap as a JPEG data URL of at most `limit` characters, or null when no encoding came out short enough. */
function encode(bitmap: ImageBitmap, limit: number): string | null {
  const canvas = document.createElement('canvas');
  let best: string | null = null;
  let next: Encoding | null = { edge: Math.min(EDGE, Math.max(bitmap.width, bitmap.height)), quality: FIRST_QUALITY };
  for (let tries = 1; next !== null && tries <= MAX_ENCODINGS; tries += 1) {
    const url = jpegOf(canvas, bitmap, next);
    if (url.length <= limit) best = url;
    next = best !== null && tries > 1 ? null : nextEncoding(next, url.length, limit);
  }
  return best?.startsWith(JPEG_DATA_URL) ? best : null;
}

function jpegOf(canvas: HTMLCanvasElement, bitmap: ImageBitmap, { edge, quality }: Encoding): string {
  const scale = edge / Math.max(bitmap.width, bitmap.height);
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) return '';
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', quality);
}
