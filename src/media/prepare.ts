import { convertedTypeOf } from '../protocol/convertedTypes.ts';
import { fileTypeOf } from '../protocol/fileTypes.ts';
import type { Size } from './canvas.ts';
import { type DecodeIo, decode } from './decode.ts';
import { type Inspection, inspect } from './inspect.ts';
import { PREVIEW_EDGES, previewOf } from './preview.ts';
import { oneAtATime } from './settle.ts';
import { shareReading } from './sharedReading.ts';
import { shrunk, UPLOAD_EDGES } from './shrink.ts';
import { type Stripped, strip } from './strip.ts';

/** An image as it is sent and shown, or why there is none. */
export type Prepared =
  | {
      readonly at: 'ready';
      /** What is uploaded: at most the limit, labelled with its type, without metadata. */
      readonly blob: Blob;
      readonly type: 'JPG' | 'PNG' | 'GIF';
      /** JPEG data URL of at most 30 000 characters; null when the image could not be decoded. */
      readonly preview: string | null;
      /** Pixels of the original as shown, null when not known. Only decoding tells for sure, so these may differ from the inspection's. */
      readonly width: number | null;
      readonly height: number | null;
      /** The file said where the photo was taken, and the blob does not. */
      readonly locationRemoved: boolean;
    }
  /** Over the limit, and could not be made smaller: an animation, or nothing that this browser decodes. */
  | { readonly at: 'too-large' }
  /** The second look has found more pixels than are borne. */
  | { readonly at: 'too-many-pixels' }
  /** Of a type that has to be made another, and this browser cannot decode it. */
  | { readonly at: 'undecodable' }
  /** Begins like an image and is none. */
  | { readonly at: 'broken' }
  /** Changed, moved away or gone since it was picked. */
  | { readonly at: 'unreadable' };

export interface PrepareIo extends DecodeIo {
  /** Most bytes of what is sent. */
  readonly limit: number;
  /** Whether an image has more pixels than are borne. Asked only of one whose header did not say how many at first. */
  readonly tooManyPixels?: (inspection: Inspection) => boolean;
}

export type Prepare = (blob: Blob, inspection: Inspection, io: PrepareIo) => Promise<Prepared>;

/**
 * Makes of an image (a wire type, or one of `CONVERTED_TYPES`) what is sent and what is shown, by one decode. Within the
 * limit it is sent as it is, without its metadata; over the limit, or of another type, it is made anew. Never rejects.
 */
export const prepare: Prepare = async (blob, inspection, io) => {
  // A file is read once: as it is stripped, a decoder that takes a stream gets it too, and works on a thread of its own.
  const reading = shareReading();
  const stripping = strip(blob, inspection, reading.heard);
  stripping.then(reading.ended, reading.failed);
  const whole = stripping.catch(() => null);
  const isOver = blob.size > io.limit;
  if (isOver && mayMove(inspection) && ((await whole)?.blob.size ?? 0) > io.limit) return { at: 'too-large' };
  const edges = inspection.type === null || isOver ? UPLOAD_EDGES : PREVIEW_EDGES;
  const all = { ...io, stream: reading.stream };
  const [stripped, picture] = await Promise.all([whole, decode(labelled(blob, inspection), inspection, edges, all)]);
  if (stripped === null) {
    picture?.close();
    return { at: 'unreadable' };
  }
  if (inspection.type !== null && inspection.width === null) return onSecondLook(stripped, io);
  const kept = asIs(stripped.blob, inspection, io.limit);
  const { sent, preview, size } = await worked(picture, { blob, inspection, kept, limit: io.limit });
  if (sent === null) return { at: inspection.type === null && picture === null ? 'undecodable' : 'too-large' };
  return { at: 'ready', ...sent, preview, ...size, locationRemoved: stripped.location };
};

/**
 * A header that names no size is cut, or lies behind more metadata than are read: some phones write a depth map before it.
 * Without them it is at the beginning.
 */
async function onSecondLook(stripped: Stripped, io: PrepareIo): Promise<Prepared> {
  const inspection = await inspect(stripped.blob).catch(() => null);
  if (inspection === null || inspection.width === null) return { at: 'broken' };
  if (io.tooManyPixels?.(inspection)) return { at: 'too-many-pixels' };
  const again = await prepare(stripped.blob, inspection, io);
  return again.at === 'ready' ? { ...again, locationRemoved: stripped.location } : again;
}

/** `prepare`, one at a time in the order of the calls: ten photos must not be in memory at once. */
export function serialPrepare(): Prepare {
  return oneAtATime(prepare);
}

/** Of a GIF only the whole file tells, so each is taken for an animation: made smaller, it would stand still. */
function mayMove({ animated, type }: Inspection): boolean {
  return animated || type === 'GIF';
}

interface Sent {
  readonly blob: Blob;
  readonly type: 'JPG' | 'PNG' | 'GIF';
}

/** The file as it may be sent, or null when it is too large or of a type that is not. */
function asIs(stripped: Blob, { type }: Inspection, limit: number): Sent | null {
  if ((type !== 'JPG' && type !== 'PNG' && type !== 'GIF') || stripped.size > limit) return null;
  return { blob: relabelled(stripped, fileTypeOf(type)?.mime ?? ''), type };
}

/** What a codec gets: browser-image-compression believes the label. */
function labelled(blob: Blob, { type, found }: Inspection): Blob {
  return relabelled(blob, fileTypeOf(type ?? '')?.mime ?? convertedTypeOf(found)?.mime ?? '');
}

function relabelled(blob: Blob, mime: string): Blob {
  return blob.type === mime ? blob : blob.slice(0, blob.size, mime);
}

interface Work {
  readonly blob: Blob;
  readonly inspection: Inspection;
  /** What is sent when it is not made anew. */
  readonly kept: Sent | null;
  readonly limit: number;
}

/** Everything that is made of one decoded picture, which is closed. */
async function worked(picture: ImageBitmap | null, { blob, inspection, kept, limit }: Work) {
  if (picture === null) return { sent: kept, preview: null, size: shownSize(inspection, null) };
  try {
    const { width, height } = picture;
    const size = shownSize(inspection, picture);
    const edge = Math.max(inspection.width ?? width, inspection.height ?? height);
    const original = { size: blob.size, edge, alpha: inspection.alpha };
    // A browser may not have the memory for even a canvas.
    const sent = kept ?? (await shrunk(picture, original, limit).catch(() => null));
    const preview = sent && (await previewOf(picture).catch(() => null));
    return { sent, preview, size };
  } finally {
    picture.close();
  }
}

/** The inspection's size, swapped where the decoded image lies the other way (EXIF behind the header that was read). */
function shownSize(
  { width, height }: Inspection,
  image: Size | null,
): { readonly width: number | null; readonly height: number | null } {
  if (image === null || width === null || height === null) return { width, height };
  const swapped = (width > height && image.width < image.height) || (width < height && image.width > image.height);
  return swapped ? { width: height, height: width } : { width, height };
}
