import { pageShelf } from '../net/memory.ts';
import type { Locks, Shelf, Shelved } from '../net/ports.ts';

/** A `Storage` that a test can fill up. */
export type FakeStorage = Storage & { full: boolean };

/**
 * A `Storage` of its own, with what another one holds where one is given, as a duplicated tab begins with; `full` makes
 * every write throw, as a full or forbidden one does.
 */
export function fakeStorage(from?: Storage): FakeStorage {
  const items = new Map<string, string>();
  for (let index = 0; index < (from?.length ?? 0); index += 1) {
    const key = from?.key(index) ?? '';
    items.set(key, from?.getItem(key) ?? '');
  }
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
  readonly local: FakeStorage;
  shelf(name: string): Shelf;
  /** Locks as one tab sees them; `close` releases all that it holds, as a closed or crashed tab does. */
  locks(): Locks & { close(): void };
  /** Names of the locks that are held. */
  held(): readonly string[];
}

/** Reads entries in the order of their ids before it sorts them, as IndexedDB does. */
function database(): Shelf {
  const shelf = pageShelf();
  const byId = (a: Shelved, b: Shelved) => (a.id < b.id ? -1 : 1);
  return { ...shelf, all: async () => [...(await shelf.all())].sort(byId).sort((a, b) => a.at - b.at) };
}

export function fakeBrowser(): FakeBrowser {
  const shelves = new Map<string, Shelf>();
  const held = new Set<string>();
  return {
    local: fakeStorage(),
    held: () => [...held],
    shelf(name) {
      const shelf = shelves.get(name) ?? database();
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
            if (mine.delete(name)) held.delete(name);
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
