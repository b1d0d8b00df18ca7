import type { StoreApi } from 'zustand/vanilla';
import type { Service } from '../net/ports.ts';
import type { ChatState } from '../store/state.ts';
import type { ChatStore } from '../store/store.ts';
import { importAgain } from '../ui/importAgain.ts';
import type { Place } from './api.ts';
import type { Look } from './look.ts';

/** What the companions of a chat get to see. */
export interface LaterWorld {
  readonly store: ChatStore;
  readonly service: Service;
  readonly place: Place;
  readonly root: ShadowRoot;
  readonly look: StoreApi<Look>;
  /** Closes the panel. */
  close(): void;
}

export interface Later {
  /** The options have changed. */
  update(): void;
  stop(): void;
}

/** Whether there is anything yet that the companions have to do with. */
function concerns({ panelOpen, conversation, tray, unread }: ChatState): boolean {
  return panelOpen || conversation !== null || tray.length > 0 || unread.length > 0;
}

/**
 * Fetches what goes along with a chat and is not needed to open one (companions.ts), and hands over every state that has
 * been in the meantime, so that nothing goes untold.
 */
export function startLater(world: LaterWorld): Later {
  const { store, place } = world;
  const fetchCompanions = importAgain(() => import('./companions.ts'));
  let missed: ChatState[] = [store.getState()];
  let companions: Later | null = null;
  let loading = false;
  let stopped = false;

  function fetch(): void {
    if (loading) return;
    loading = true;
    fetchCompanions().then(
      ({ startCompanions }) => {
        if (stopped) return;
        unsubscribe();
        companions = startCompanions(world, missed);
        missed = [];
      },
      () => {
        // A lost chunk is most often a lost network: the next change tries again.
        loading = false;
      },
    );
  }

  const wanted = () => place.options().profile !== undefined || place.options().theme === 'host';
  const unsubscribe = store.subscribe((state) => {
    missed.push(state);
    if (concerns(state)) fetch();
  });
  if (wanted()) fetch();
  return {
    update() {
      if (companions) companions.update();
      else if (wanted()) fetch();
    },
    stop() {
      stopped = true;
      unsubscribe();
      companions?.stop();
    },
  };
}
