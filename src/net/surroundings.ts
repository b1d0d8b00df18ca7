import type { Surroundings } from './ports.ts';

/** The page's hints about network and visibility. `navigator.onLine` is only believed when it says "offline". */
export function browserSurroundings(): Surroundings {
  return {
    online: () => navigator.onLine !== false,
    visible: () => document.visibilityState === 'visible',
    onReturn(listener) {
      const stop = new AbortController();
      const { signal } = stop;
      window.addEventListener('online', listener, { signal });
      document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && listener(), {
        signal,
      });
      return () => stop.abort();
    },
    onLeave(listener) {
      // Not "unload", which itself keeps a page out of the cache.
      window.addEventListener('pagehide', listener);
      return () => window.removeEventListener('pagehide', listener);
    },
    onThaw(listener) {
      const heard = (event: PageTransitionEvent) => event.persisted && listener();
      window.addEventListener('pageshow', heard);
      return () => window.removeEventListener('pageshow', heard);
    },
    onVisible(listener) {
      const heard = () => listener(document.visibilityState === 'visible');
      document.addEventListener('visibilitychange', heard);
      return () => document.removeEventListener('visibilitychange', heard);
    },
  };
}
