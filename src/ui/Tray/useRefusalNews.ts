import { useEffect, useRef } from 'react';
import { useChat } from '../context.ts';
import { useViewWords } from '../viewWords.tsx';
import type { Rejected } from './Refusals.tsx';

/** As many refusals are read aloud at once; the tray shows them all. */
const READ_ALOUD = 3;

/** Tells screen readers of each refused file once. */
export function useRefusalNews(files: readonly Rejected[]): void {
  const { announcer } = useChat();
  const words = useViewWords();
  const told = useRef(new Set<string>());
  useEffect(() => {
    const news = files.filter(({ id }) => !told.current.has(id));
    for (const { id } of news) told.current.add(id);
    const sentences = news.slice(0, READ_ALOUD).map(({ name, why }) => words.refusedFile(name, words.rejection(why)));
    if (sentences.length > 0) announcer?.say(sentences.join(' '), true);
  }, [files, announcer, words]);
}
