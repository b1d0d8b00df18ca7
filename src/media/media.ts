import { inspect } from './inspect.ts';
import { type MakePreview, serialPreviews } from './preview.ts';

/** Everything that looks into files, in one place to load. Previews are made one at a time. */
export function createMedia(): { inspect: typeof inspect; preview: MakePreview } {
  return { inspect, preview: serialPreviews() };
}
