import { type Codec, pixelsOf } from './codec.ts';
import type { Inspection } from './inspect.ts';

/** A progressive JPEG is held whole while it is decoded, 3 bytes a pixel; any other in strips. */
const MAX_PIXELS = { sequential: 200_000_000, progressive: 50_000_000 };
/** A JPEG's blocks of 8 × 8 pixels can be decoded as 1 × 1 to 8 × 8. */
const BLOCK = 8;

/**
 * A JPEG decoded at a fraction of its size by WebCodecs, off the page's own thread: 48 megapixels to a preview in 1.1 times
 * what `djpeg -scale 1/8` takes, in 0.15 to 0.3 of the memory of its pixels (IMAGES §3, §12). Only on secure pages.
 */
export const scaledJpeg: Codec = {
  accepts(inspection) {
    if (inspection.type !== 'JPG' || typeof ImageDecoder === 'undefined') return false;
    const most = MAX_PIXELS[inspection.sequential ? 'sequential' : 'progressive'];
    return (pixelsOf(inspection) ?? Number.POSITIVE_INFINITY) <= most;
  },
  async reduce(_, inspection, { least }, { signal, stream }) {
    signal.throwIfAborted();
    const decoder = new ImageDecoder({ type: 'image/jpeg', data: stream(), ...fraction(inspection, least) });
    const stop = () => decoder.close();
    signal.addEventListener('abort', stop);
    try {
      const { image } = await decoder.decode();
      // Nearly nothing to make, and drawn several times as fast as a frame, which is converted at each drawing.
      return await createImageBitmap(image).finally(() => image.close());
    } finally {
      signal.removeEventListener('abort', stop);
      decoder.close();
    }
  },
};

/**
 * The size to ask for, as stored: the smallest fraction in eighths that is no smaller than `edge`. Rounded up to whole
 * pixels, or the decoder takes the fraction below.
 */
function fraction(
  { width, height, orientation }: Inspection,
  edge: number,
): { readonly desiredWidth?: number; readonly desiredHeight?: number } {
  if (width === null || height === null) return {};
  const eighths = Math.ceil((BLOCK * edge) / Math.max(width, height));
  if (eighths >= BLOCK) return {};
  const [across, down] = orientation >= 5 ? [height, width] : [width, height];
  return { desiredWidth: Math.ceil((across * eighths) / BLOCK), desiredHeight: Math.ceil((down * eighths) / BLOCK) };
}
