import { examine } from '../flows/examine.ts';
import type { Ports } from '../flows/ports.ts';
import { serialPreviews } from '../media/preview.ts';

/** Everything that looks into files, in one place to load. Previews are made one at a time. */
export function createFileWork(): Ports['media'] {
  return { examine, preview: serialPreviews() };
}
