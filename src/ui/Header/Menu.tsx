import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { conversationPhase } from '../../store/selectors.ts';
import { useActions, useChat, useChatState } from '../context.ts';
import { EndIcon, MenuIcon } from '../icons/viewIcons.tsx';
import { keepTabInside } from '../tabLoop.ts';
import { useViewWords } from '../viewWords.tsx';

type Shown = 'nothing' | 'menu' | 'question';

/** What one can do with an open conversation: end it, asked once more. */
export function Menu() {
  const words = useViewWords();
  const [shown, setShown] = useState<Shown>('nothing');
  const button = useRef<HTMLButtonElement>(null);
  const open = useChatState((s) => conversationPhase(s) === 'open');
  if (!open) return null;

  function close() {
    setShown('nothing');
    button.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || shown === 'nothing') return;
    // This Esc is the menu's; the panel stays.
    event.stopPropagation();
    close();
  }

  function onBlur(event: FocusEvent) {
    if (shown === 'menu' && !event.currentTarget.contains(event.relatedTarget)) setShown('nothing');
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears what its buttons let through.
    <div className="menu" onKeyDown={onKeyDown} onBlur={onBlur}>
      <button
        type="button"
        className="icon-button"
        ref={button}
        aria-label={words.menu}
        aria-haspopup="menu"
        aria-expanded={shown === 'menu'}
        onClick={() => setShown(shown === 'menu' ? 'nothing' : 'menu')}
      >
        <MenuIcon />
      </button>
      {shown === 'menu' && (
        <div className="menu-list" role="menu" aria-label={words.menu}>
          <MenuItem onChoose={() => setShown('question')} />
        </div>
      )}
      {shown === 'question' && <EndQuestion onClose={close} />}
    </div>
  );
}

function MenuItem({ onChoose }: { onChoose: () => void }) {
  const item = useRef<HTMLButtonElement>(null);
  useEffect(() => item.current?.focus(), []);
  return (
    <button type="button" role="menuitem" ref={item} onClick={onChoose}>
      <EndIcon />
      {useViewWords().endConversation}
    </button>
  );
}

function EndQuestion({ onClose }: { onClose: () => void }) {
  const words = useViewWords();
  const actions = useActions();
  const { composer } = useChat();
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), []);

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.key !== 'Tab') return;
    // Nothing behind the question is for Tab, and the sheet of a phone is not asked.
    event.stopPropagation();
    keepTabInside(event.currentTarget, event);
  }

  function end() {
    actions.endConversation();
    onClose();
    composer.current?.focus();
  }

  return (
    <div className="question">
      <div
        className="question-card"
        role="alertdialog"
        aria-modal="true"
        onKeyDown={onKeyDown}
        aria-label={words.endQuestion}
        aria-describedby="end-consequence"
      >
        <h3>{words.endQuestion}</h3>
        <p id="end-consequence">{words.endConsequence}</p>
        <button type="button" className="button-danger" onClick={end}>
          {words.endConversation}
        </button>
        <button type="button" className="button-plain" ref={stay} onClick={onClose}>
          {words.keepChatting}
        </button>
      </div>
    </div>
  );
}
