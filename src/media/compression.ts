import { fileTypeOf } from '../protocol/fileTypes.ts';
import { type Codec, pixelsOf } from './codec.ts';
import type { Inspection } from './inspect.ts';

/** It decodes in full, 4 bytes a pixel: 200 MB here. */
const MAX_PIXELS = 50_000_000;

/**
 * browser-image-compression 2.0.2 as a codec, a chunk of its own that is loaded at the first image. Each option is there
 * against something it does otherwise (IMAGES §8):
 * - `useWebWorker: false`: its worker fetches its own source from a public CDN;
 * - `exifOrientation`: its own EXIF parser never settles on an offset past the end (the value itself is only used by
 *   browsers that do not turn images by themselves);
 * - `fileType`: a PNG would be encoded by 4096-colour quantisation in JavaScript, seconds on the main thread;
 * - `maxIteration: 1`: it re-encodes small files over and over because they "became larger";
 * - the blob is re-labelled with the type of its content: it believes the label.
 */
export const compression: Codec = {
  accepts: (inspection) => (pixelsOf(inspection) ?? Number.POSITIVE_INFINITY) <= MAX_PIXELS,
  async reduce(blob, inspection, edge, signal) {
    const { default: compress } = await import('browser-image-compression');
    signal.throwIfAborted();
    const file = new File([blob], 'image', { type: fileTypeOf(inspection.type ?? '')?.mime ?? '' });
    const reduced = await compress(file, {
      useWebWorker: false,
      fileType: 'image/jpeg',
      maxWidthOrHeight: drawableEdge(inspection, edge),
      exifOrientation: inspection.orientation,
      initialQuality: 0.92,
      maxIteration: 1,
      signal,
    });
    return createImageBitmap(reduced);
  },
};

/** It cuts the short edge to a whole number, and 30000 × 40 at 400 px would have none: the long edge that leaves one pixel. */
function drawableEdge({ width, height }: Inspection, edge: number): number {
  if (width === null || height === null) return edge;
  return Math.max(edge, Math.ceil(Math.max(width, height) / Math.min(width, height)));
}
