import { MAX_PREVIEW_CHARACTERS } from '../protocol/fileTypes.ts';
import { type Drawable, fitted, onCanvas, paint } from './canvas.ts';
import { type Encoding, FIRST_QUALITY, nextEncoding } from './fit.ts';

/** Long edge of a preview in pixels. */
const EDGE = 400;
export const PREVIEW_EDGES = { least: EDGE, best: EDGE };
const MAX_ENCODINGS = 3;
/** A browser that cannot encode JPEG answers with a PNG. */
const JPEG_DATA_URL = 'data:image/jpeg;base64,';

/**
 * What the receiver sees before the file itself (PROTOCOL §8.4), small enough to be the view of it in the panel as well: a
 * JPEG data URL of at most 30 000 characters, long edge ≤ 400 px, white where the image is see-through. Null when three
 * encodings did not suffice. Rejects where the browser has no memory for the canvas.
 */
export function previewOf(image: Drawable): Promise<string | null> {
  return onCanvas((canvas) => encode(canvas, image, MAX_PREVIEW_CHARACTERS));
}

function encode(canvas: HTMLCanvasElement, image: Drawable, limit: number): string | null {
  let best: string | null = null;
  let drawn = 0;
  let next: Encoding | null = {
    edge: Math.min(EDGE, Math.max(image.width, image.height)),
    quality: FIRST_QUALITY,
  };
  for (let tries = 1; next !== null && tries <= MAX_ENCODINGS; tries += 1) {
    if (next.edge !== drawn) paint(canvas, image, fitted(image, next.edge));
    drawn = next.edge;
    const url = canvas.toDataURL('image/jpeg', next.quality);
    if (url.length <= limit && url.length > (best?.length ?? 0)) best = url;
    next = nextEncoding(next, url.length, limit);
  }
  return best?.startsWith(JPEG_DATA_URL) ? best : null;
}
