import type { Prepare } from '../media/prepare.ts';
import type { About, Rejection } from '../model/attachment.ts';
import { tooManyPixels } from '../model/checks.ts';
import { cleanName, extensionOf, withExtensionOf } from '../model/fileName.ts';
import { type FileLimits, type FileType, fileTypeOf } from '../protocol/fileTypes.ts';
import type { Accepted } from './examine.ts';

/** A file as it goes over the wire, and what is now known of it. */
export interface Readied {
  readonly blob: Blob;
  readonly about: Pick<About, 'name' | 'fileType' | 'uploadSize'> &
    Partial<Pick<About, 'preview' | 'width' | 'height' | 'locationRemoved'>>;
}

export interface ReadyIo {
  readonly limits: FileLimits;
  readonly signal: AbortSignal;
}

/** Makes an accepted file what is sent: an image is prepared, a document goes as it is. Never rejects. */
export async function readied(
  prepare: Prepare,
  file: File,
  { ok, inspection }: Accepted,
  { limits, signal }: ReadyIo,
): Promise<Readied | Rejection> {
  if (ok.kind === 'document') return { blob: labelled(file, ok), about: aboutOf(file.name, file, ok) };
  const made = await prepare(file, inspection, { limit: limits.image, signal, tooManyPixels });
  switch (made.at) {
    case 'unreadable':
      return { why: 'unreadable' };
    case 'broken':
      return { why: 'mismatch', extension: extensionOf(file.name) };
    case 'too-many-pixels':
      return { why: 'pixels' };
    case 'undecodable':
      return inspection.found === 'heic' ? { why: 'heic' } : { why: 'type', extension: inspection.found ?? '' };
    case 'too-large':
      return { why: inspection.animated ? 'animation' : 'size', limit: limits.image };
    case 'ready': {
      const { blob, type, preview, width, height, locationRemoved } = made;
      const about = aboutOf(file.name, blob, fileTypeOf(type) ?? ok);
      return { blob, about: { ...about, preview, width, height, locationRemoved } };
    }
  }
}

function aboutOf(name: string, blob: Blob, type: FileType): Readied['about'] {
  return { name: withExtensionOf(cleanName(name), type), fileType: type.wire, uploadSize: blob.size };
}

/** The blob with the type its content has: a picker's own word for it is empty or wrong often enough. */
function labelled(file: File, { mime }: FileType): Blob {
  return file.type === mime ? file : file.slice(0, file.size, mime);
}
