import { type Inspection, inspect } from '../media/inspect.ts';
import type { Rejection } from '../model/attachment.ts';
import { check } from '../model/checks.ts';
import type { FileLimits, FileType } from '../protocol/fileTypes.ts';

/** A file that may be sent, as what, with what is in it. */
export interface Accepted {
  readonly ok: FileType;
  readonly inspection: Inspection;
}

/** Or why it may not. */
export type Examined = Accepted | Rejection;

/** Looks at no more than a file's header. Never rejects: what cannot be read is a rejection. */
export async function examine(file: File, limits: FileLimits, sharing: 'on' | 'off'): Promise<Examined> {
  // What cannot be read is a cloud placeholder, or a file changed or removed since it was picked.
  const inspection = await inspect(file).catch(() => null);
  const verdict = check({ name: file.name, size: file.size }, inspection, limits, sharing);
  if ('why' in verdict) return verdict;
  return inspection ? { ...verdict, inspection } : { why: 'unreadable' };
}
