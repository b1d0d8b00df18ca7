import type { Surroundings } from '../net/ports.ts';

/** A page that is visible and online until the test says otherwise. */
export function fakeSurroundings(): Surroundings & {
  returns(): void;
  thaws(): void;
  /** The page comes into view. */
  shows(): void;
  visibleNow: boolean;
  /** How many listen to anything. */
  listeners(): number;
} {
  const returned = new Set<() => void>();
  const left = new Set<() => void>();
  const thawed = new Set<() => void>();
  const seen = new Set<(visible: boolean) => void>();
  const listen = <T>(set: Set<T>, listener: T) => {
    set.add(listener);
    return () => {
      set.delete(listener);
    };
  };
  return {
    visibleNow: true,
    listeners: () => returned.size + left.size + thawed.size + seen.size,
    online: () => true,
    visible() {
      return this.visibleNow;
    },
    onReturn: (listener) => listen(returned, listener),
    onLeave: (listener) => listen(left, listener),
    onThaw: (listener) => listen(thawed, listener),
    onVisible: (listener) => listen(seen, listener),
    returns: () => {
      for (const listener of returned) listener();
    },
    shows() {
      this.visibleNow = true;
      for (const listener of seen) listener(true);
    },
    thaws: () => {
      for (const listener of thawed) listener();
    },
  };
}
