import { type ClipboardEvent, useEffect, useState } from 'react';
import { draftOf } from '../../store/selectors.ts';
import { useActions, useChat, useChatState } from '../context.ts';
import { pasted } from './pasted.ts';

/** Takes files that are pasted anywhere in the panel, and keeps pictures that came with text until somebody decides. */
export function usePaste() {
  const { words, now } = useChat();
  const actions = useActions();
  const [offered, setOffered] = useState<readonly File[]>([]);
  const withoutText = useChatState((s) => draftOf(s) === '');

  // The text it came with has been sent, or was thrown away.
  useEffect(() => {
    if (withoutText) setOffered([]);
  }, [withoutText]);

  return {
    offered,
    decided(wanted: boolean) {
      if (wanted) actions.attach(offered);
      setOffered([]);
    },
    onPaste(event: ClipboardEvent) {
      const { files, beside } = pasted(event.clipboardData, words.pastedName(now()));
      const takesText = event.target instanceof Element && event.target.matches('textarea, input');
      const meant = takesText ? files : [...files, ...beside];
      setOffered(takesText ? beside : []);
      if (meant.length === 0) return;
      event.preventDefault();
      actions.attach(meant);
    },
  };
}
