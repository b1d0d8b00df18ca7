import { FILE_TYPES } from '../protocol/fileTypes.ts';
import { find, holds, latin, u32 } from './bytes.ts';
import { type ByteRange, type Orientation, turned } from './exif.ts';
import { isGif, readGif } from './gif.ts';
import { isJpeg, readJpeg } from './jpeg.ts';
import { type OtherImage, readBmp, readHeif, readWebp } from './otherImages.ts';
import { isPng, readPng } from './png.ts';
import { markupOf, readText } from './text.ts';
import { directoryLength, isZip, officeType } from './zip.ts';

/** Wire types (PROTOCOL §8) that can be told from content. */
export type WireType = 'JPG' | 'PNG' | 'GIF' | 'PDF' | 'DOCX' | 'PPTX' | 'XLSX' | 'TXT';

/** Recognised, and not accepted. `macros` is an office document with a macro project. */
export type OtherContent =
  | 'webp'
  | 'heic'
  | 'avif'
  | 'svg'
  | 'html'
  | 'bmp'
  | 'tiff'
  | 'zip'
  | 'macros'
  | 'ole'
  | 'exe';

/** What is in a file, by its bytes; the name had no say. */
export interface Inspection {
  /** Null when the content is of no accepted type. */
  readonly type: WireType | null;
  /** The same, with a word for what is not accepted; null when the content is not recognised. */
  readonly found: WireType | OtherContent | null;
  /** Pixels as shown, orientation applied; null for documents, and for an image whose header names none. */
  readonly width: number | null;
  readonly height: number | null;
  /** 1 where none is named. */
  readonly orientation: Orientation;
  /** More than one frame is announced in the header. */
  readonly animated: boolean;
  /** A JPEG that is not progressive: the one kind of image that decodes at a fraction of its size in little memory. */
  readonly sequential: boolean;
  /** A pixel may be see-through: what the header says, no more than a possibility. */
  readonly alpha: boolean;
  /**
   * Where in the file the small JPEG lies that a camera embeds for quick views. Pixels as stored: to be turned by `orientation`,
   * like the image. Null where there is none, or where what is there is not a JPEG of at most a megapixel.
   */
  readonly thumbnail: ByteRange | null;
}

/** Bytes read of every file. */
const HEADER = 64 * 1024;
/** Bytes read of a JPEG whose frame header stands behind large application segments. */
const LONG_HEADER = 256 * 1024;
/** Cameras embed 160 × 120; some a view of 640 × 480. */
const MAX_THUMBNAIL_PIXELS = 1_000_000;
const NO_SIZE = { width: null, height: null };
/** Not accepted as they are: their sizes are read so that one that may be converted is refused by them before it is decoded. */
const OTHER_IMAGES: Partial<Record<WireType | OtherContent, (start: Uint8Array) => OtherImage>> = {
  webp: readWebp,
  bmp: readBmp,
  heic: readHeif,
  avif: readHeif,
};

/**
 * Reads the first 64 KiB (256 KiB of a JPEG with a long preamble; of a ZIP also its directory, at most 1 MiB) and says
 * what is in them. Never rejects for what the bytes hold; rejects when the blob cannot be read: a folder, a cloud
 * placeholder, a file removed after picking.
 */
export async function inspect(blob: Blob): Promise<Inspection> {
  const start = await read(blob, 0, HEADER);
  if (isZip(start)) return inspected(start, await directoryOf(blob));
  const first = inspected(start, start);
  if (first.type !== 'JPG' || first.width !== null || blob.size <= HEADER) return first;
  const longer = await read(blob, 0, LONG_HEADER);
  return inspected(longer, longer);
}

/** The end of a ZIP: 64 KiB, or the whole directory when it says that it is longer. */
async function directoryOf(blob: Blob): Promise<Uint8Array> {
  const end = await read(blob, Math.max(0, blob.size - HEADER), blob.size);
  const length = directoryLength(end);
  return length <= end.length ? end : read(blob, Math.max(0, blob.size - length), blob.size);
}

async function read(blob: Blob, from: number, to: number): Promise<Uint8Array> {
  return new Uint8Array(await blob.slice(from, to).arrayBuffer());
}

/**
 * The same on bytes already read.
 * @param start first bytes of the file
 * @param end last bytes of the file; looked at for a ZIP only
 */
export function inspected(start: Uint8Array, end: Uint8Array): Inspection {
  if (isJpeg(start)) {
    const { size: stored, orientation, sequential, thumbnail } = readJpeg(start);
    return image('JPG', stored, { orientation, sequential, thumbnail: credible(start, thumbnail) });
  }
  if (isPng(start)) {
    const { size: stored, orientation, animated, alpha, thumbnail } = readPng(start);
    return image('PNG', stored, { orientation, animated, alpha, thumbnail: credible(start, thumbnail) });
  }
  if (isGif(start)) {
    const { size: stored, animated, alpha } = readGif(start);
    return image('GIF', stored, { animated, alpha });
  }
  const found = documentOf(start, end);
  const readHeader = found === null ? undefined : OTHER_IMAGES[found];
  const { size = null, animated = false, alpha = false } = readHeader?.(start) ?? {};
  return { ...other(found), ...(size ?? NO_SIZE), animated, alpha };
}

/** An embedded JPEG is decoded as soon as it is found, so it is believed only when its own header names a small size. */
function credible(start: Uint8Array, thumbnail: ByteRange | null): ByteRange | null {
  if (thumbnail === null) return null;
  const { size } = readJpeg(start.subarray(thumbnail.from, thumbnail.to));
  return size !== null && size.width * size.height <= MAX_THUMBNAIL_PIXELS ? thumbnail : null;
}

function image(
  type: 'JPG' | 'PNG' | 'GIF',
  stored: { readonly width: number; readonly height: number } | null,
  known: Partial<Omit<Inspection, 'type' | 'found' | 'width' | 'height'>>,
): Inspection {
  const { orientation = 1, animated = false, sequential = false, alpha = false, thumbnail = null } = known;
  const shown = stored ? turned(stored.width, stored.height, orientation) : NO_SIZE;
  return { type, found: type, ...shown, orientation, animated, sequential, alpha, thumbnail };
}

function other(found: WireType | OtherContent | null): Inspection {
  const type = isWireType(found) ? found : null;
  return { type, found, ...NO_SIZE, orientation: 1, animated: false, sequential: false, alpha: false, thumbnail: null };
}

function isWireType(found: WireType | OtherContent | null): found is WireType {
  return FILE_TYPES.some((type) => type.wire === found);
}

function documentOf(start: Uint8Array, end: Uint8Array): WireType | OtherContent | null {
  if (isZip(start)) return officeType(start, end);
  if (holds(start, 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return 'ole';
  if (holds(start, 0, 'RIFF') && holds(start, 8, 'WEBP')) return 'webp';
  if (holds(start, 4, 'ftyp')) return brandOf(start);
  const text = readText(start);
  const markup = text === null ? null : markupOf(text);
  if (markup !== null) return markup;
  // Readers look for it in the first KiB: some writers put a header before it. A plain text may just speak of it.
  const pdf = find(start, '%PDF-', 0, 1024);
  if (pdf === 0 || (pdf > 0 && text === null)) return 'PDF';
  if (text !== null) return 'TXT';
  if (holds(start, 0, 'MZ')) return 'exe';
  if (holds(start, 0, 'BM')) return 'bmp';
  return holds(start, 0, 'II*\0') || holds(start, 0, 'MM\0*') ? 'tiff' : null;
}

/** ISO media file (`ftyp` box): HEIC and AVIF by any of its brands. */
function brandOf(start: Uint8Array): 'heic' | 'avif' | null {
  const brands = latin(start, 8, Math.min(u32(start, 0), 256) - 8);
  if (/avi[fs]/.test(brands)) return 'avif';
  return /hei[cxms]|hev[cx]|mif1|msf1/.test(brands) ? 'heic' : null;
}
