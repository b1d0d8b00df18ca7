import type { LaterWorld } from './later.ts';
import { startManners } from './manners.ts';
import { keepKeys } from './ownKeys.ts';

/** How an open panel behaves toward the page that it is a guest of. */
export function startConduct(world: LaterWorld): () => void {
  const stops = [startManners(world), keepKeys(world.place.host)];
  return () => {
    for (const stop of stops) stop();
  };
}
