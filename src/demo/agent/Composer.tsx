import { type KeyboardEvent, type SubmitEvent, useRef, useState } from 'react';
import type { Desk } from './desk.ts';
import { Icon } from './Icon.tsx';

/** Where the agent writes. Enter sends, Shift+Enter breaks the line. */
export function Composer({ desk, id }: { desk: Desk; id: string }) {
  const [text, setText] = useState('');
  const picker = useRef<HTMLInputElement>(null);

  function change(next: string): void {
    setText(next);
    desk.typed(id, next);
  }

  function send(): void {
    desk.reply(id, text);
    setText('');
  }

  function onKeyDown(event: KeyboardEvent): void {
    // While an input method composes, Enter chooses a word.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      className="composer"
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        send();
      }}
    >
      <button type="button" className="round" aria-label="Send a file" onClick={() => picker.current?.click()}>
        <Icon name="clip" />
      </button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          desk.sendFiles(id, [...(currentTarget.files ?? [])]);
          // Otherwise picking the same file again would change nothing.
          currentTarget.value = '';
        }}
      />
      <textarea
        aria-label="Reply"
        placeholder="Reply"
        rows={1}
        value={text}
        onChange={({ currentTarget }) => change(currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <button type="submit" className="round send" aria-label="Send reply" data-ready={text.trim() !== ''}>
        <Icon name="send" />
      </button>
    </form>
  );
}
