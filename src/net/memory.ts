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

const KEYS: readonly StoredKey[] = ['begun', 'identity', 'tab', 'draft', 'teased'];

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
  let keeping = persistence !== 'memory';

  function storageOf(key: StoredKey): Storage | null {
    if (!keeping) return null;
    // A tab's id must not be shared with its neighbours, and a session is a tab's, whatever else is shared.
    return attempt(persistence === 'session' || key === 'tab' || key === 'teased' ? storages.session : storages.local);
  }

  function read(key: StoredKey): string | null {
    return attempt(() => storageOf(key)?.getItem(`${prefix}:${key}`) ?? null);
  }

  function write(key: StoredKey, value: string | null): void {
    const name = `${prefix}:${key}`;
    attempt(() => (value === null ? storageOf(key)?.removeItem(name) : storageOf(key)?.setItem(name, value)));
  }

  const resumes = read('begun') !== null;
  const shelfOf = (kept: boolean) => () => (kept ? storages.shelf(prefix) : Promise.resolve(pageShelf()));
  const shelf = lazyShelf(shelfOf(keeping));
  let began = resumes;

  return {
    resumes,
    shelf,
    prepare() {
      if (keeping) storages.prepare?.();
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
    async allow(wanted) {
      const next = wanted && persistence !== 'memory';
      if (next === keeping) return;
      if (!next) {
        for (const key of KEYS) {
          const value = read(key);
          if (value !== null) page.set(key, value);
          write(key, null);
        }
      }
      keeping = next;
      if (next && began) for (const [key, value] of page) write(key, value);
      await shelf.move(shelfOf(next), began);
    },
  };
}

/** Opens the database with the first message, and falls back to the page where that or any later call fails. */
function lazyShelf(
  open: () => Promise<Shelf>,
): Shelf & { move(to: () => Promise<Shelf>, filled: boolean): Promise<void> } {
  const fallback = pageShelf();
  let opening: Promise<Shelf> | null = null;
  let how = open;
  const begin = () => how().catch(() => fallback);
  async function use<T>(act: (shelf: Shelf) => Promise<T>): Promise<T> {
    opening ??= begin();
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
    /** Carries every entry over to another shelf, and leaves nothing on the old one; `filled`: something may lie on that. */
    async move(to, filled) {
      const entries = filled ? await use((shelf) => shelf.all()) : [];
      if (filled) await use((shelf) => shelf.clear());
      how = to;
      opening = null;
      for (const entry of entries) await use((shelf) => shelf.put(entry));
    },
  };
}
