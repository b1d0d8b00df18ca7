import { examine } from '../flows/examine.ts';
import type { Ports } from '../flows/ports.ts';
import { readied } from '../flows/readied.ts';
import { glimpse } from '../media/glimpse.ts';
import { serialPrepare } from '../media/prepare.ts';

export { transfer } from '../flows/uploadsTransfer.ts';

/** Everything that looks into files, in one place to load. One image is worked on at a time. */
export function createFileWork(): Ports['media'] {
  const prepare = serialPrepare();
  return { examine, glimpse, ready: (file, accepted, io) => readied(prepare, file, accepted, io) };
}
