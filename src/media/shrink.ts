import { type Drawable, encoded, fitted, onCanvas, paint } from './canvas.ts';
import { type Encoding, nextEncoding } from './fit.ts';

/**
 * Long edge in pixels of what is sent in place of a file that is too large: what a full screen shows, and a page prints. A
 * JPEG is decoded to a fraction of its size, and the one above the least is sent as it is: to draw 5 megapixels smaller blocks
 * the page for 50 ms, to draw them as they are for 10.
 */
export const UPLOAD_EDGES = { least: 2048, best: 2560 };
const MOST_EDGE = 3200;
/** At 2560 px a photo is about 0.65 MB by this, with nothing to be seen of it (IMAGES §4). */
const UPLOAD_QUALITY = 0.82;
/** Encodings of one image; each that was too large tells the next one by how much. */
const MAX_ENCODINGS = 5;
/** Share of the limit aimed at by having fewer pixels: those that stay are a little harder to compress. */
const AIM = 0.9;
/** Long edge in pixels at which transparency is looked for: one clear pixel of 2560 still shows in the mean of 41. */
const SCANNED_EDGE = 400;

/** An image made to be sent. */
export interface Made {
  readonly blob: Blob;
  readonly type: 'JPG' | 'PNG';
}

/**
 * The image as a file of at most `limit` bytes: a PNG when pixels of it are see-through, else a JPEG. Null when no encoding
 * came out small enough. Rejects where the browser cannot encode it or has no memory for the canvas.
 * @param original what it is made of: bytes, long edge in pixels, and whether its type can be see-through
 */
export async function shrunk(
  image: Drawable,
  original: { readonly size: number; readonly edge: number; readonly alpha: boolean },
  limit: number,
): Promise<Made | null> {
  if (original.alpha && (await isSeeThrough(image))) return asPng(image, original, limit);
  const edge = Math.max(image.width, image.height);
  return asJpeg(image, { edge: edge > MOST_EDGE ? UPLOAD_EDGES.best : edge, quality: UPLOAD_QUALITY }, limit);
}

function isSeeThrough(image: Drawable): Promise<boolean> {
  return onCanvas((canvas) => {
    const context = paint(canvas, image, fitted(image, SCANNED_EDGE), true);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) < 255) return true;
    return false;
  });
}

function asJpeg(image: Drawable, first: Encoding, limit: number): Promise<Made | null> {
  return onCanvas(async (canvas) => {
    let [next, drawn] = [first, 0];
    for (let tries = 1; tries <= MAX_ENCODINGS; tries += 1) {
      if (next.edge !== drawn) paint(canvas, image, fitted(image, next.edge));
      drawn = next.edge;
      const blob = await encoded(canvas, 'image/jpeg', next.quality);
      if (blob.size <= limit) return { blob, type: 'JPG' };
      next = afterTooLarge(next, blob.size, limit);
    }
    return null;
  });
}

/** Quality is lowered once: flat pictures hardly get smaller by it. */
function afterTooLarge(tried: Encoding, size: number, limit: number): Encoding {
  const lower = tried.quality === UPLOAD_QUALITY ? nextEncoding(tried, size, limit) : null;
  return lower ?? { edge: smallerEdge(tried.edge, size, limit), quality: tried.quality };
}

/** The long edge whose pixels cost about what is allowed, in whole pixels. */
function smallerEdge(edge: number, size: number, limit: number): number {
  return Math.max(1, Math.floor(edge * Math.min(0.9, Math.sqrt((AIM * limit) / size))));
}

/** Quality is not to be lost in a PNG, only pixels. The first guess is that all pixels cost what they did in the original. */
function asPng(
  image: Drawable,
  original: { readonly size: number; readonly edge: number },
  limit: number,
): Promise<Made | null> {
  return onCanvas(async (canvas) => {
    const all = Math.min(UPLOAD_EDGES.best, Math.max(image.width, image.height));
    let edge = original.size > limit ? Math.min(all, smallerEdge(original.edge, original.size, limit)) : all;
    for (let tries = 1; tries <= MAX_ENCODINGS; tries += 1) {
      paint(canvas, image, fitted(image, edge), true);
      const blob = await encoded(canvas, 'image/png');
      if (blob.size <= limit) return { blob, type: 'PNG' };
      edge = smallerEdge(edge, blob.size, limit);
    }
    return null;
  });
}
