import { pageShelf } from '../net/memory.ts';
import type { Locks, Shelf } from '../net/ports.ts';

/** A `Storage` of its own; `full` makes every write throw, as a full or forbidden one does. */
export function fakeStorage(): Storage & { full: boolean } {
  const items = new Map<string, string>();
  return {
    full: false,
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem(key, value) {
      if (this.full) throw new DOMException('full', 'QuotaExceededError');
      items.set(key, value);
    },
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

/** What tabs of one browser share: databases, `localStorage` and locks that end with the tab that holds them. */
export interface FakeBrowser {
  readonly local: ReturnType<typeof fakeStorage>;
  shelf(name: string): Shelf;
  /** Locks as one tab sees them; `close` releases all that it holds, as a closed or crashed tab does. */
  locks(): Locks & { close(): void };
}

export function fakeBrowser(): FakeBrowser {
  const shelves = new Map<string, Shelf>();
  const held = new Set<string>();
  return {
    local: fakeStorage(),
    shelf(name) {
      const shelf = shelves.get(name) ?? pageShelf();
      shelves.set(name, shelf);
      return shelf;
    },
    locks() {
      const mine = new Set<string>();
      return {
        shared: true,
        async take(name) {
          if (held.has(name)) return null;
          held.add(name);
          mine.add(name);
          return () => {
            held.delete(name);
            mine.delete(name);
          };
        },
        close() {
          for (const name of mine) held.delete(name);
          mine.clear();
        },
      };
    },
  };
}
