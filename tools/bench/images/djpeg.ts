import { spawnSync } from 'node:child_process';
import { devNull } from 'node:os';
import { performance } from 'node:perf_hooks';

/** Whether there is a `djpeg` (Debian's package libjpeg-turbo-progs) to compare with. */
export function hasDjpeg(): boolean {
  return spawnSync('djpeg', ['-version']).error === undefined;
}

/** Ms that `djpeg -scale 1/8` takes for this JPEG, process and all: about the least that any preview of it can take. */
export function djpegMs(path: string): number {
  const began = performance.now();
  const { status } = spawnSync('djpeg', ['-scale', '1/8', '-outfile', devNull, path]);
  if (status !== 0) throw new Error(`djpeg could not decode ${path}`);
  return performance.now() - began;
}
