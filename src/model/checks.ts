import { CONVERTED_TYPES, convertedTypeOf } from '../protocol/convertedTypes.ts';
import { FILE_TYPES, type FileLimits, type FileType, fileTypeOf } from '../protocol/fileTypes.ts';
import type { Rejection } from './attachment.ts';
import { cleanName, extensionOf } from './fileName.ts';

/** Pixels that decode in bearable memory on a phone (IMAGES §9); more for a JPEG that decodes at a fraction of its size. */
export const MAX_PIXELS = 50_000_000;
export const MAX_SEQUENTIAL_PIXELS = 200_000_000;

/** What the checks need to know of a file's content; `media/inspect` finds it out. */
export interface Content {
  /** Wire type, null when the content is of no accepted type. */
  readonly type: string | null;
  /** The same, or a word for other content that is recognised. */
  readonly found: string | null;
  readonly width: number | null;
  readonly height: number | null;
  /** A JPEG that is not progressive. */
  readonly sequential: boolean;
  readonly animated: boolean;
}

/**
 * Whether a file may be sent, and as which type. The final extension says what the consumer means, the content what it is,
 * and both must be of one type; only images may be named as another image type (the content decides) or not at all. An
 * image over the limit passes, because it is made smaller, and so does one that is made another type.
 * @param file as picked; `size` in bytes
 * @param content null when the file could not be read
 */
export function check(
  file: { readonly name: string; readonly size: number },
  content: Content | null,
  limits: FileLimits,
  sharing: 'on' | 'off',
): { readonly ok: FileType } | Rejection {
  if (sharing === 'off') return { why: 'sharing-off' };
  const extension = extensionOf(cleanName(file.name));
  const named = kindNamed(extension);
  if (named === undefined && extension !== '') return { why: 'type', extension };
  if (file.size === 0) return { why: 'empty' };
  if (content === null) return { why: 'unreadable' };
  const held = heldType(content);
  if (named === undefined && held?.kind !== 'image') return { why: 'type', extension };
  if (held === undefined || !agree(named, held)) return { why: 'mismatch', extension };
  return tooMuch(file.size, content, held, limits) ?? { ok: held };
}

/** What an extension promises: one type of document, or any image. */
function kindNamed(extension: string): FileType | 'image' | undefined {
  if (CONVERTED_TYPES.some((type) => type.extensions.includes(extension))) return 'image';
  const type = FILE_TYPES.find((row) => row.extensions.includes(extension));
  return type?.kind === 'image' ? 'image' : type;
}

/** The type the content is sent as; converted ones become JPEG unless they turn out to be see-through. */
function heldType({ type, found }: Content): FileType | undefined {
  return fileTypeOf(type ?? (convertedTypeOf(found) ? 'JPG' : ''));
}

function agree(named: FileType | 'image' | undefined, held: FileType): boolean {
  return named === undefined || named === held || (named === 'image' && held.kind === 'image');
}

function tooMuch(size: number, content: Content, held: FileType, limits: FileLimits): Rejection | null {
  const limit = limits[held.kind];
  if (held.kind === 'document') return size > limit ? { why: 'size', limit } : null;
  if (content.type === null && !isConvertible(content)) return notConvertible(content);
  if (size > limit && content.animated) return { why: 'animation', limit };
  return tooManyPixels(content) ? { why: 'pixels' } : null;
}

/** Nothing is decoded whose pixels have not been counted, and no animation is made to stand still. */
function isConvertible({ width, animated }: Content): boolean {
  return width !== null && !animated;
}

function notConvertible({ found }: Content): Rejection {
  return found === 'heic' ? { why: 'heic' } : { why: 'type', extension: found ?? '' };
}

/** An image whose size is not known passes: it is not decoded before it is, and then this is asked again. */
export function tooManyPixels({ width, height, sequential }: Content): boolean {
  if (width === null || height === null) return false;
  return width * height > (sequential ? MAX_SEQUENTIAL_PIXELS : MAX_PIXELS);
}
