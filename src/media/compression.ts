import { fileTypeOf } from '../protocol/fileTypes.ts';
import { type Codec, drawableEdge, pixelsOf } from './codec.ts';

/** It decodes in full and on the page's own thread: what a phone's camera makes, and no more. */
const MAX_PIXELS = 25_000_000;
/**
 * Its last drawing smooths badly, ours well: a 4K screenshot is 29 dB from a Lanczos reduction by way of 1600 px, 23 dB by
 * way of 800 px, in the same time.
 */
const LEAST_EDGE = 1600;

/**
 * browser-image-compression 2.0.2 as the last codec, for what the browser's own refuse: it goes by way of `<img>`, which shows
 * what there is of a damaged image. A chunk of its own that is loaded when it is needed. Each option is there against
 * something it does otherwise (IMAGES §8):
 * - `useWebWorker: false`: its worker fetches its own source from a public CDN;
 * - `exifOrientation`: its own EXIF parser never settles on an offset past the end (the value itself is only used by
 *   browsers that do not turn images by themselves);
 * - `fileType`: a PNG would be encoded by 4096-colour quantisation in JavaScript, seconds on the main thread;
 * - `maxIteration: 1`: it re-encodes small files over and over because they "became larger";
 * - no `maxSizeMB`: it gives the limit up in silence. What is sent or shown is encoded and measured by us;
 * - the blob is re-labelled with the type of its content: it believes the label.
 */
export const compression: Codec = {
  accepts: (inspection) => (pixelsOf(inspection) ?? Number.POSITIVE_INFINITY) <= MAX_PIXELS,
  async reduce(blob, inspection, { best }, { signal }) {
    const { default: compress } = await import('browser-image-compression');
    signal.throwIfAborted();
    const file = new File([blob], 'image', { type: fileTypeOf(inspection.type ?? '')?.mime ?? blob.type });
    const reduced = await compress(file, {
      useWebWorker: false,
      fileType: 'image/jpeg',
      maxWidthOrHeight: drawableEdge(inspection, Math.max(best, LEAST_EDGE)),
      exifOrientation: inspection.orientation,
      initialQuality: 0.92,
      maxIteration: 1,
      signal,
    });
    return createImageBitmap(reduced);
  },
};
