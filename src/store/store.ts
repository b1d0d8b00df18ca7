import { createStore, type StoreApi } from 'zustand/vanilla';
import { EMPTY_TRANSCRIPT } from '../model/message.ts';
import type { ChatState, Settings } from './state.ts';

export type ChatStore = StoreApi<ChatState>;

/** A chat in which nothing has happened. */
export function initialState(settings: Settings): ChatState {
  return {
    settings,
    panelOpen: false,
    connection: { at: 'idle' },
    fileSharing: 'on',
    me: null,
    conversation: null,
    transcript: EMPTY_TRANSCRIPT,
    earlier: 'none',
    attachments: new Map(),
    tray: [],
    draft: '',
    typing: [],
    agents: new Map(),
    downloads: new Map(),
    unread: [],
    newFrom: null,
    lightbox: null,
  };
}

/** One store per widget instance (ARCHITECTURE rule 8). */
export function createChatStore(settings: Settings): ChatStore {
  return createStore<ChatState>(() => initialState(settings));
}

/** A copy of a map with one entry set; the same map when nothing changes. */
export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return map.get(key) === value ? map : new Map(map).set(key, value);
}

/** A copy of a map without one entry; the same map when it has none. */
export function withoutEntry<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}
