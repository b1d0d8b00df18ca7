import type { Inspection } from './inspect.ts';

/** One way to decode an image to a small size. Codecs are tried in order (`preview.ts`); a faster one goes in front. */
export interface Codec {
  /** Whether this image can be decoded by it in bearable memory, judged by the header alone. */
  accepts(inspection: Inspection): boolean;
  /**
   * The image upright, its long edge about `edge` pixels (a smaller image stays as it is). The caller closes the bitmap.
   * Rejects, by whatever value, when it cannot be decoded.
   */
  reduce(blob: Blob, inspection: Inspection, edge: number, signal: AbortSignal): Promise<ImageBitmap>;
}

/** Pixels in an image, or null when its header does not say. */
export function pixelsOf(inspection: Inspection): number | null {
  return inspection.width === null || inspection.height === null ? null : inspection.width * inspection.height;
}
