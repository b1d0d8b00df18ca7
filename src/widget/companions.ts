import type { ChatState } from '../store/state.ts';
import { startHappenings } from './happenings.ts';
import { followHostTheme } from './hostTheme.ts';
import type { Later, LaterWorld } from './later.ts';
import { startProfile } from './profile.ts';

/** What goes along with a chat; `missed` are the states so far, oldest first. */
export function startCompanions(world: LaterWorld, missed: readonly ChatState[]): Later {
  const profile = startProfile(world.service, world.place.options);
  const theme = followHostTheme(world.look);
  const stops = [startHappenings(world, missed), theme, profile.stop];
  return {
    update: profile.update,
    stop() {
      for (const stop of stops) stop();
    },
  };
}
