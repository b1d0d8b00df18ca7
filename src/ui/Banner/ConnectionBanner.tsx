import { useEffect, useRef, useState } from 'react';
import { connectionOf } from '../../store/selectors.ts';
import { useActions, useChatState, useWords } from '../context.ts';
import { AlertIcon } from '../icons/icons.tsx';

/** Tries after which "reconnecting" is no longer the whole truth. */
const PATIENCE = 3;

/** What the connection means for the consumer's messages, and the way out where there is one. Lies over the transcript. */
export function ConnectionBanner() {
  const words = useWords();
  const actions = useActions();
  const connection = useChatState(connectionOf);
  /** The consumer has asked for a try that has not failed yet. */
  const [asked, setAsked] = useState(false);
  const before = useRef(connection.at);
  useEffect(() => {
    if (before.current === 'connecting' && connection.at !== 'connecting') setAsked(false);
    before.current = connection.at;
  }, [connection.at]);
  if (connection.at === 'idle' || connection.at === 'online') return null;
  if (connection.at === 'connecting' && connection.tries === 0) return null;
  function retry(): void {
    setAsked(true);
    actions.reconnect();
  }
  const lost = connection.at === 'refused' || connection.tries >= PATIENCE;
  if (!lost)
    return (
      <div className="banner">
        <span className="spinner" />
        <p>{words.keepsMessages}</p>
      </div>
    );
  return (
    <div className="banner">
      {asked ? <span className="spinner" /> : <AlertIcon />}
      <p>{connection.at === 'refused' ? words.refusedToConnect(connection.why) : words.unreachable}</p>
      <button type="button" className="banner-action" onClick={retry}>
        {words.tryAgain}
      </button>
    </div>
  );
}
