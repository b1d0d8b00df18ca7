import { type ClipboardEvent, type KeyboardEvent, useId, useLayoutEffect, useState } from 'react';
import { canSend, draftOf, fileSharingOf } from '../../store/selectors.ts';
import { useActions, useChat, useChatState } from '../context.ts';
import { ClipIcon, SendIcon } from '../icons/icons.tsx';
import { pastedFiles } from './pasted.ts';

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

  function onPaste(event: ClipboardEvent) {
    const files = pastedFiles(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    actions.attach(files);
  }

  return (
    <div className="composer">
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
        onPaste={onPaste}
      />
      <span className="hidden-text" id={hint}>
        {words.composerHint}
      </span>
      <button
        type="button"
        className="send"
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

/** Opens the file picker; where files are switched off it says so instead of doing nothing. */
function AttachButton() {
  const { later, picker, words } = useChat();
  const off = useChatState((s) => fileSharingOf(s) === 'off');
  const [explained, setExplained] = useState(false);
  const note = useId();

  function press() {
    if (off) return setExplained(!explained);
    later.want();
    picker.current?.click();
  }

  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={words.attachFiles}
        data-off={off}
        aria-describedby={off ? note : undefined}
        onClick={press}
        onBlur={() => setExplained(false)}
      >
        <ClipIcon />
      </button>
      {off && (
        <p className={explained ? 'composer-note' : 'hidden-text'} id={note}>
          {words.attachOff}
        </p>
      )}
    </>
  );
}
