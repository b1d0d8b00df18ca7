import { createContext, type RefObject, useContext } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Actions } from '../flows/actions.ts';
import type { ChatState } from '../store/state.ts';
import type { Announcer } from './Announcer/announcer.ts';
import type { LaterViews } from './arrival.ts';
import type { ViewWords } from './words/viewWords.ts';
import type { Words } from './words/words.ts';

/** What every component may reach; the same object for the panel's whole life in one language. */
export interface Chat {
  readonly store: StoreApi<ChatState>;
  readonly actions: Actions;
  readonly words: Words;
  /** English when it is null. */
  readonly viewWords: ViewWords | null;
  readonly announcer: Announcer | null;
  readonly later: LaterViews;
  /** Epoch ms. */
  now(): number;
  /** The hidden file input behind every "choose" button. */
  readonly picker: RefObject<HTMLInputElement | null>;
  readonly composer: RefObject<HTMLTextAreaElement | null>;
}

export const ChatContext = createContext<Chat | null>(null);

export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (!chat) throw new Error('This component stands inside <Panel> only.');
  return chat;
}

/** A part of the state; `select` returns something that stays identical while it says the same. */
export function useChatState<T>(select: (state: ChatState) => T): T {
  return useStore(useChat().store, select);
}

export function useActions(): Actions {
  return useChat().actions;
}

export function useWords(): Words {
  return useChat().words;
}
