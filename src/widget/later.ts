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

/** Whether there is anything yet to tell the page of. */
function concerns({ conversation, tray, unread, draft }: ChatState): boolean {
  return conversation !== null || draft !== '' || tray.length > 0 || unread.length > 0;
}

/** Fetches a chunk and begins what is in it. A lost chunk is most often a lost network: the next call tries again. */
function beginner<T>(load: () => Promise<T>, begin: (chunk: T) => void): () => void {
  let loading = false;
  return () => {
    if (loading) return;
    loading = true;
    load().then(begin, () => {
      loading = false;
    });
  };
}

/**
 * Fetches what goes along with a chat and is not needed to open one: its conduct with the first opening, and with the first
 * word its companions. Those are handed every state that has been in the meantime, so that nothing goes untold.
 */
export function startLater(world: LaterWorld): Later {
  const { store, place } = world;
  let missed: ChatState[] = [store.getState()];
  let companions: Later | null = null;
  const stops: (() => void)[] = [];
  let stopped = false;

  const conduct = beginner(
    importAgain(() => import('./conduct.ts')),
    ({ startConduct }) => {
      if (!stopped) stops.push(startConduct(world));
    },
  );
  const accompany = beginner(
    importAgain(() => import('./companions.ts')),
    ({ startCompanions }) => {
      if (stopped) return;
      companions = startCompanions(world, missed);
      stops.push(companions.stop);
      missed = [];
    },
  );

  const wanted = () => place.options().profile !== undefined || place.options().theme === 'host';
  stops.push(
    store.subscribe((state) => {
      if (!companions) missed.push(state);
      if (state.panelOpen) conduct();
      if (concerns(state)) accompany();
    }),
  );
  if (wanted()) accompany();
  return {
    update() {
      if (companions) companions.update();
      else if (wanted()) accompany();
    },
    stop() {
      stopped = true;
      for (const stop of stops) stop();
    },
  };
}
