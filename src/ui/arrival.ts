import { createStore, type StoreApi } from 'zustand/vanilla';

/** The transcript and everything about files, as they come in a chunk of their own. */
export type Views = typeof import('./views.tsx');

export type Arrival =
  | { readonly at: 'unasked' | 'loading' | 'failed' }
  | { readonly at: 'here'; readonly views: Views };

/** One panel's views on their way. */
export interface LaterViews {
  readonly arrival: StoreApi<Arrival>;
  /** Asks for them, again after a failure; nothing when they are here or on their way. */
  want(): void;
}

/**
 * `adopt` gets the CSS before anything is painted with it. A store and not `React.lazy`: that keeps a failure for ever, and
 * needs an error boundary, which is a class.
 */
export function createLaterViews(load: () => Promise<Views>, adopt: (css: string) => void): LaterViews {
  const arrival = createStore<Arrival>(() => ({ at: 'unasked' }));
  const become = (next: Arrival) => arrival.setState(next, true);
  return {
    arrival,
    want() {
      const { at } = arrival.getState();
      if (at === 'loading' || at === 'here') return;
      become({ at: 'loading' });
      load().then(
        (views) => {
          adopt(views.css);
          become({ at: 'here', views });
        },
        () => become({ at: 'failed' }),
      );
    },
  };
}
