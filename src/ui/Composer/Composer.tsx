import { type KeyboardEvent, useId, useLayoutEffect } from 'react';
import { canSend, draftOf } from '../../store/selectors.ts';
import { useActions, useChat, useChatState } from '../context.ts';
import { SendIcon } from '../icons/icons.tsx';
import { AttachButton } from './AttachButton.tsx';

/** While a word is being composed Enter belongs to the input method; Safari tells by 229 only (USERS §21). */
function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}

export function Composer() {
  const { composer, words } = useChat();
  const actions = useActions();
  const draft = useChatState(draftOf);
  const ready = useChatState(canSend);
  const hint = useId();
  useGrowing(draft);

  function send() {
    if (ready) actions.send(draft);
    composer.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    send();
  }

  return (
    <div className="composer" part="composer">
      <AttachButton />
      <textarea
        ref={composer}
        rows={1}
        dir="auto"
        aria-label={words.message}
        aria-describedby={hint}
        placeholder={words.message}
        enterKeyHint="send"
        value={draft}
        onChange={(event) => actions.setDraft(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span className="hidden-text" id={hint}>
        {words.composerHint}
      </span>
      <button
        type="button"
        className="send"
        part="send"
        aria-label={words.send}
        aria-disabled={!ready}
        // Focus, and with it a phone's keyboard, stays in the text.
        onMouseDown={(event) => event.preventDefault()}
        onClick={send}
      >
        <SendIcon />
      </button>
    </div>
  );
}

/** Height after the text where CSS cannot do it by itself (`field-sizing`). */
function useGrowing(draft: string) {
  const { composer } = useChat();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what the height follows.
  useLayoutEffect(() => {
    const node = composer.current;
    if (!node || CSS.supports?.('field-sizing', 'content')) return;
    node.style.height = 'auto';
    node.style.height = `${node.scrollHeight}px`;
  }, [draft, composer]);
}
