import { type Codec, drawableEdge, pixelsOf } from './codec.ts';
import type { Inspection } from './inspect.ts';

/** It decodes in full before it reduces, 4 bytes a pixel: 200 MB here. */
const MAX_PIXELS = 50_000_000;

/**
 * What the browser can decode by itself, reduced in the same step off the page's own thread: the best there is for anything
 * but JPEG (IMAGES §12). `medium` is as good as `high`, `low` breaks the text of screenshots (IMAGES §6).
 */
export const nativeBitmap: Codec = {
  accepts: (inspection) => (pixelsOf(inspection) ?? Number.POSITIVE_INFINITY) <= MAX_PIXELS,
  reduce: (blob, inspection, { best }) => createImageBitmap(blob, resize(inspection, drawableEdge(inspection, best))),
};

/** One dimension only: the browser keeps the ratio, and both would distort what is turned while it is decoded (IMAGES §8). */
function resize({ width, height }: Inspection, edge: number): ImageBitmapOptions {
  if (width === null || height === null || Math.max(width, height) <= edge) return {};
  return { ...(width >= height ? { resizeWidth: edge } : { resizeHeight: edge }), resizeQuality: 'medium' };
}
