import { FILE_TYPES } from '../protocol/fileTypes.ts';
import { find, holds, latin, u32 } from './bytes.ts';
import { type Orientation, turned } from './exif.ts';
import { isGif, readGif } from './gif.ts';
import { isJpeg, readJpeg } from './jpeg.ts';
import { isPng, readPng } from './png.ts';
import { markupOf, readText } from './text.ts';
import { isZip, officeType } from './zip.ts';

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
}

/** Bytes read of every file. */
const HEADER = 64 * 1024;
/** Bytes read of a JPEG whose frame header stands behind large application segments. */
const LONG_HEADER = 256 * 1024;

/**
 * Reads the first 64 KiB (256 KiB of a JPEG with a long preamble; of a ZIP also the last 64 KiB, its directory) and says
 * what is in them. Never rejects for what the bytes hold; rejects when the blob cannot be read: a folder, a cloud
 * placeholder, a file removed after picking.
 */
export async function inspect(blob: Blob): Promise<Inspection> {
  const start = await read(blob, 0, HEADER);
  if (isZip(start)) return inspected(start, await read(blob, Math.max(0, blob.size - HEADER), blob.size));
  const first = inspected(start, start);
  if (first.type !== 'JPG' || first.width !== null || blob.size <= HEADER) return first;
  const longer = await read(blob, 0, LONG_HEADER);
  return inspected(longer, longer);
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
    const { size: stored, orientation, sequential } = readJpeg(start);
    return image('JPG', stored, { orientation, sequential });
  }
  if (isPng(start)) {
    const { size: stored, orientation, animated } = readPng(start);
    return image('PNG', stored, { orientation, animated });
  }
  if (isGif(start)) {
    const { size: stored, animated } = readGif(start);
    return image('GIF', stored, { animated });
  }
  return other(documentOf(start, end));
}

function image(
  type: 'JPG' | 'PNG' | 'GIF',
  stored: { readonly width: number; readonly height: number } | null,
  known: Partial<Pick<Inspection, 'orientation' | 'animated' | 'sequential'>>,
): Inspection {
  const { orientation = 1, animated = false, sequential = false } = known;
  const shown = stored ? turned(stored.width, stored.height, orientation) : { width: null, height: null };
  return { type, found: type, ...shown, orientation, animated, sequential };
}

function other(found: WireType | OtherContent | null): Inspection {
  return {
    type: isWireType(found) ? found : null,
    found,
    width: null,
    height: null,
    orientation: 1,
    animated: false,
    sequential: false,
  };
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
