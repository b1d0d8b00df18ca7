import type { RefObject } from 'react';
import { connectionOf, conversationPhase, isOnline, settingsOf } from '../../store/selectors.ts';
import type { ChatState } from '../../store/state.ts';
import { useActions, useChatState, useWords } from '../context.ts';
import { CloseIcon } from '../icons/icons.tsx';
import { ViewSlot } from '../ViewSlot.tsx';
import type { Words } from '../words/words.ts';
import { Avatar } from './Avatar.tsx';

/** One line of truth under the name. */
function statusLine(state: ChatState, words: Words): string {
  const connection = connectionOf(state);
  switch (connection.at) {
    case 'connecting':
      return connection.tries === 0 ? words.connecting : words.reconnecting;
    case 'waiting':
      return words.reconnecting;
    case 'refused':
      return words.notConnected;
    case 'idle':
    case 'online':
      return conversationPhase(state) === 'ended' ? words.conversationEnded : (state.settings.promise ?? '');
  }
}

interface HeaderProps {
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly closable: boolean;
}

export function Header({ heading, closable }: HeaderProps) {
  const words = useWords();
  const actions = useActions();
  const brandName = useChatState((s) => settingsOf(s).brandName);
  const status = useChatState((s) => statusLine(s, words));
  const online = useChatState(isOnline);
  const talking = useChatState((s) => conversationPhase(s) === 'open');
  return (
    <header className="header" part="header">
      <span className="header-mark" data-online={online}>
        <Avatar large />
      </span>
      <div className="header-text">
        <h2 ref={heading} tabIndex={-1}>
          <bdi>{brandName}</bdi>
        </h2>
        {status !== '' && <p>{status}</p>}
      </div>
      {talking && <ViewSlot>{({ Menu }) => <Menu />}</ViewSlot>}
      {closable && (
        <button type="button" className="icon-button" aria-label={words.closeChat} onClick={() => actions.close()}>
          <CloseIcon />
        </button>
      )}
    </header>
  );
}
