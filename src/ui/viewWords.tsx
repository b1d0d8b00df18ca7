import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useChat } from './context.ts';
import { englishViews } from './words/enViews.ts';
import type { ViewWords } from './words/viewWords.ts';

const WordsContext = createContext<ViewWords | null>(null);

/** Around every view. */
export function Speaking({ children }: { children: ReactNode }) {
  const { words, viewWords } = useChat();
  const spoken = useMemo(() => viewWords ?? englishViews(words), [words, viewWords]);
  return <WordsContext value={spoken}>{children}</WordsContext>;
}

/** All text, for the views. */
export function useViewWords(): ViewWords {
  const words = useContext(WordsContext);
  if (!words) throw new Error('This component stands inside <Speaking> only.');
  return words;
}
