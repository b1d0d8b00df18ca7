import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { fileSharingOf } from '../../store/selectors.ts';
import { useChat, useChatState } from '../context.ts';
import { ClipIcon } from '../icons/icons.tsx';
import { TOUCH, useMedia } from '../useMedia.ts';
import { ViewSlot } from '../ViewSlot.tsx';

/**
 * Opens the file picker, and says before what may be picked. With fingers it offers the camera too. Where files are switched
 * off it says so instead of doing nothing.
 */
export function AttachButton() {
  const { later, picker, words } = useChat();
  const off = useChatState((s) => fileSharingOf(s) === 'off');
  const touch = useMedia(TOUCH);
  const [shown, setShown] = useState<'nothing' | 'hint' | 'ways'>('nothing');
  const button = useRef<HTMLButtonElement>(null);
  const note = useId();
  const hide = () => setShown('nothing');

  function press() {
    if (off || touch) return setShown(shown === 'ways' ? 'nothing' : 'ways');
    hide();
    later.want();
    picker.current?.click();
  }

  /** Before what has the focus goes. */
  function back() {
    if (shown === 'ways') button.current?.focus();
    hide();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || shown === 'nothing') return;
    // This Esc is the note's; the panel stays.
    event.stopPropagation();
    back();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears what its buttons let through.
    <div
      className="attach"
      onKeyDown={onKeyDown}
      onBlur={({ currentTarget, relatedTarget }) => !currentTarget.contains(relatedTarget) && hide()}
      onPointerEnter={() => touch || off || setShown('hint')}
      onPointerLeave={() => shown === 'hint' && hide()}
    >
      <button
        type="button"
        className="icon-button"
        ref={button}
        aria-label={words.attachFiles}
        data-off={off}
        aria-expanded={touch && !off ? shown === 'ways' : undefined}
        aria-describedby={off || shown === 'hint' ? note : undefined}
        onFocus={({ currentTarget }) => !touch && !off && currentTarget.matches(':focus-visible') && setShown('hint')}
        onClick={press}
      >
        <ClipIcon />
      </button>
      {off ? (
        <p className={shown === 'ways' ? 'composer-note' : 'hidden-text'} id={note}>
          {words.attachOff}
        </p>
      ) : (
        shown !== 'nothing' && (
          <ViewSlot waiting="attach-waiting">
            {({ AttachHint, AttachWays }) =>
              shown === 'hint' ? <AttachHint id={note} /> : <AttachWays onChosen={back} />
            }
          </ViewSlot>
        )
      )}
    </div>
  );
}
