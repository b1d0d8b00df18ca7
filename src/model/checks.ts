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
  readonly width: number | null;
  readonly height: number | null;
  /** A JPEG that is not progressive. */
  readonly sequential: boolean;
}

/**
 * Whether a file may be sent. The final extension says what the consumer means, the content what it is, and both must be
 * of one type; only images may be named as another image type (the content is sent as what it is) or not at all.
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
  const named = FILE_TYPES.find((type) => type.extensions.includes(extension));
  if (named === undefined && extension !== '') return { why: 'type', extension };
  if (file.size === 0) return { why: 'empty' };
  if (content === null) return { why: 'unreadable' };
  const held = fileTypeOf(content.type ?? '');
  if (named === undefined && held?.kind !== 'image') return { why: 'type', extension };
  if (held === undefined || !agree(named, held)) return { why: 'mismatch', extension };
  if (file.size > limits[held.kind]) return { why: 'size', limit: limits[held.kind] };
  return tooManyPixels(content) ? { why: 'pixels' } : { ok: held };
}

function agree(named: FileType | undefined, held: FileType): boolean {
  return named === undefined || named === held || (named.kind === 'image' && held.kind === 'image');
}

/** An image whose size is not known passes: it goes as a file without preview, and is never decoded here. */
function tooManyPixels({ width, height, sequential }: Content): boolean {
  if (width === null || height === null) return false;
  return width * height > (sequential ? MAX_SEQUENTIAL_PIXELS : MAX_PIXELS);
}
