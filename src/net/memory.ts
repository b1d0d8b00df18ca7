import type { Memory, Persistence, Shelf, Shelved, StoredKey } from './ports.ts';
import { prefixOf } from './storedKeys.ts';

/** The page's storages; a getter, because reading `window.localStorage` may itself throw. */
export interface Storages {
  session(): Storage;
  local(): Storage;
  /** A shelf in a database of this name. Rejects where there is none to be had. */
  shelf(name: string): Promise<Shelf>;
  /** Fetches the shelf's code without opening a database. */
  prepare?(): void;
}

const KEYS: readonly StoredKey[] = ['begun', 'identity', 'tab', 'draft'];

/** A shelf that lasts as long as the page. */
export function pageShelf(): Shelf {
  const entries = new Map<string, Shelved>();
  return {
    all: async () => [...entries.values()].sort((a, b) => a.at - b.at),
    put: async (entry) => {
      entries.set(entry.id, entry);
    },
    remove: async (id) => {
      entries.delete(id);
    },
    clear: async () => entries.clear(),
  };
}

/** Null instead of an exception: blocked cookies, a full disk and private modes all throw differently. */
function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}

export function createMemory(account: string, persistence: Persistence, storages: Storages): Memory {
  const prefix = prefixOf(account);
  const page = new Map<StoredKey, string>();

  function storageOf(key: StoredKey): Storage | null {
    if (persistence === 'memory') return null;
    // A tab's id must not be shared with its neighbours, whatever else is.
    return attempt(persistence === 'session' || key === 'tab' ? storages.session : storages.local);
  }

  function read(key: StoredKey): string | null {
    return attempt(() => storageOf(key)?.getItem(`${prefix}:${key}`) ?? null);
  }

  function write(key: StoredKey, value: string | null): void {
    const name = `${prefix}:${key}`;
    attempt(() => (value === null ? storageOf(key)?.removeItem(name) : storageOf(key)?.setItem(name, value)));
  }

  const resumes = read('begun') !== null;
  const shelf = lazyShelf(() => (persistence === 'memory' ? Promise.resolve(pageShelf()) : storages.shelf(prefix)));
  let began = resumes;

  return {
    resumes,
    shelf,
    prepare() {
      if (persistence !== 'memory') storages.prepare?.();
    },
    begin() {
      if (began) return;
      began = true;
      page.set('begun', '1');
      for (const [key, value] of page) write(key, value);
    },
    get: (key) => page.get(key) ?? read(key),
    set(key, value) {
      if (value === null) page.delete(key);
      else page.set(key, value);
      if (began) write(key, value);
    },
    async forget() {
      began = false;
      page.clear();
      for (const key of KEYS) write(key, null);
      await shelf.clear();
    },
  };
}

/** Opens the database with the first message, and falls back to the page where that or any later call fails. */
function lazyShelf(open: () => Promise<Shelf>): Shelf {
  const fallback = pageShelf();
  let opening: Promise<Shelf> | null = null;
  async function use<T>(act: (shelf: Shelf) => Promise<T>): Promise<T> {
    opening ??= open().catch(() => fallback);
    const shelf = await opening;
    try {
      return await act(shelf);
    } catch {
      opening = Promise.resolve(fallback);
      return act(fallback);
    }
  }
  return {
    all: () => use((shelf) => shelf.all()),
    put: (entry) => use((shelf) => shelf.put(entry)),
    remove: (id) => use((shelf) => shelf.remove(id)),
    clear: () => use((shelf) => shelf.clear()),
  };
}
