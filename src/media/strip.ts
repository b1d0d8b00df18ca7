import type { Inspection } from './inspect.ts';
import { composed, isWhole, type Piece } from './pieces.ts';
import type { SharedReading } from './sharedReading.ts';
import { gifSteps } from './stripGif.ts';
import { jpegSteps } from './stripJpeg.ts';
import { pngSteps } from './stripPng.ts';
import { type Findings, type Step, walk, walkAlong } from './walk.ts';

/** An image without what its camera or editor wrote about it. */
export interface Stripped {
  /** The file itself when nothing was removed. */
  readonly blob: Blob;
  readonly removed: boolean;
  /** Where the photo was taken was among it: a latitude in EXIF, or in XMP that is not compressed. */
  readonly location: boolean;
}

const STEPS: Partial<Record<NonNullable<Inspection['type']>, (found: Findings) => Step>> = {
  JPG: jpegSteps,
  PNG: pngSteps,
  GIF: gifSteps,
};

/**
 * Leaves out the metadata of a JPEG, PNG or GIF without touching its pixels: EXIF but for the orientation, XMP, IPTC, comments,
 * embedded thumbnails and whatever follows the image (of an HDR photo also its gain map: what is shown is the base image). Decoding parameters and pixel data are taken over byte by byte, so it
 * decodes to the same pixels. Other types are given back as they are.
 *
 * Of a broken or cut file stays what a decoder would still read; metadata found until then are gone. Doing it twice removes
 * nothing more. Reads a JPEG once up to its end of image, of PNG and GIF the heads of their blocks; holds 1 MiB at a time and
 * composes the result of slices. Rejects only when the blob cannot be read.
 * @param heard gets what is read of a JPEG
 */
export async function strip(
  blob: Blob,
  { type }: Pick<Inspection, 'type'>,
  heard?: SharedReading['heard'],
): Promise<Stripped> {
  const steps = type === null ? undefined : STEPS[type];
  if (steps === undefined) return { blob, removed: false, location: false };
  const found: Findings = { pieces: [], location: false };
  await (type === 'JPG' ? walkAlong(blob, steps(found), heard) : walk(blob, steps(found)));
  const pieces = within(found.pieces, blob.size);
  if (isWhole(pieces, blob.size)) return { blob, removed: false, location: false };
  return { blob: await composed(blob, pieces), removed: true, location: found.location };
}

/** Lengths in a file may reach beyond its end. */
function within(pieces: readonly Piece[], size: number): Piece[] {
  return pieces.map((piece) => ('to' in piece ? { from: piece.from, to: Math.min(piece.to, size) } : piece));
}
