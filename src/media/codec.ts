import type { Inspection } from './inspect.ts';

/** How large a decoded image is wanted: its long edge in pixels. A smaller image stays as it is. */
export interface Edges {
  /** What will do. A codec that knows only some sizes takes the next one above. */
  readonly least: number;
  readonly best: number;
}

export interface ReduceIo {
  readonly signal: AbortSignal;
  /** The blob's bytes, to the end of the image at least. */
  readonly stream: () => ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** One way to decode an image to a small size. Codecs are tried in order (`decode.ts`). */
export interface Codec {
  /** Whether this browser can decode such an image by it in bearable memory, judged by the header alone. */
  accepts(inspection: Inspection): boolean;
  /**
   * The image upright, for the caller to close. Rejects, by whatever value, when it cannot be decoded or `signal` is aborted.
   */
  reduce(blob: Blob, inspection: Inspection, edges: Edges, io: ReduceIo): Promise<ImageBitmap>;
}

/** Pixels in an image, or null when its header does not say. */
export function pixelsOf({ width, height }: Inspection): number | null {
  return width === null || height === null ? null : width * height;
}

/** The long edge to ask for so that the short one keeps a pixel: 30000 × 40 at 400 px would have none. */
export function drawableEdge({ width, height }: Inspection, edge: number): number {
  if (width === null || height === null) return edge;
  return Math.max(edge, Math.ceil(Math.max(width, height) / Math.min(width, height)));
}
