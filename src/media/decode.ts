import type { Codec, Edges } from './codec.ts';
import { compression } from './compression.ts';
import type { Inspection } from './inspect.ts';
import { nativeBitmap } from './nativeBitmap.ts';
import { scaledJpeg } from './scaledJpeg.ts';
import { within } from './settle.ts';
import type { SharedReading } from './sharedReading.ts';

export interface DecodeIo {
  readonly signal?: AbortSignal;
  /** The blob's bytes as somebody else reads them; asked for again, null. */
  readonly stream?: SharedReading['stream'];
  /** Tried in order. */
  readonly codecs?: readonly Codec[];
  /** Most ms for one codec: browser-image-compression knows cases in which it never settles (IMAGES §8). */
  readonly patience?: number;
}

/** Fast and strict before slow and lenient. */
const CODECS: readonly Codec[] = [scaledJpeg, nativeBitmap, compression];
const PATIENCE = 10_000;

/**
 * The image by the first codec that manages it, for the caller to close. Null when none does in time,
 * or when `signal` is aborted; never rejects.
 */
export async function decode(
  blob: Blob,
  inspection: Inspection,
  edges: Edges,
  io: DecodeIo = {},
): Promise<ImageBitmap | null> {
  const { signal, codecs = CODECS, patience = PATIENCE } = io;
  for (const codec of codecs) {
    if (!codec.accepts(inspection)) continue;
    const stream = () => io.stream?.() ?? blob.stream();
    const job = (stop: AbortSignal) => codec.reduce(blob, inspection, edges, { signal: stop, stream });
    const bitmap = await within(job, { ms: patience, signal, late: (unused) => unused.close() });
    if (bitmap !== null) return bitmap;
  }
  return null;
}
