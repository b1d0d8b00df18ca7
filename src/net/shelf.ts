import { clear, createStore, del, set, values } from 'idb-keyval';
import { timeOf } from '../protocol/read.ts';
import type { Shelf, Shelved } from './ports.ts';

/** A shelf in IndexedDB: text and files alike survive a reload and a crash. */
export function databaseShelf(name: string): Shelf {
  const store = createStore(name, 'outbox');
  return {
    all: async () => (await values<Shelved>(store)).filter(isShelved).sort((a, b) => a.at - b.at),
    put: (entry) => set(entry.id, entry, store),
    remove: (id) => del(id, store),
    clear: () => clear(store),
  };
}

/** Storage is shared with the page, so what lies in it is hostile until looked at. */
function isShelved(entry: unknown): entry is Shelved {
  const { id, owner, at, body } = (entry ?? {}) as Partial<Record<keyof Shelved, unknown>>;
  if (typeof id !== 'string' || typeof owner !== 'string' || typeof at !== 'number' || timeOf(at) === null)
    return false;
  const { kind, text, blob, path } = (body ?? {}) as Record<string, unknown>;
  if (kind === 'text') return typeof text === 'string';
  return kind === 'file' && blob instanceof Blob && (path === null || typeof path === 'string');
}
