import { useCallback, useSyncExternalStore } from 'react';

/** As DESIGN's layout: up to this width the panel is a sheet over the whole screen. */
export const PHONE = '(max-width: 480px)';

/** Fingers, where a camera is likely at hand. */
export const TOUCH = '(pointer: coarse)';

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => false,
  );
}
