import type { Attachment } from '../../model/attachment.ts';
import type { TrayFacts } from '../words/viewWords.ts';

/** Leaving out metadata takes a few bytes from a file too; only a share that is felt is worth a word. */
const FELT = 0.9;

/** What was done to these files, in numbers. */
export function factsOf(files: readonly Attachment[]): TrayFacts {
  const shrunk = files.filter(({ size, uploadSize }) => uploadSize < size * FELT);
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  return {
    shrunk: shrunk.length,
    before: sum(shrunk.map(({ size }) => size)),
    after: sum(shrunk.map(({ uploadSize }) => uploadSize)),
    located: files.filter(({ locationRemoved }) => locationRemoved).length,
  };
}
