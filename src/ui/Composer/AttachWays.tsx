import { type ChangeEvent, useEffect, useRef } from 'react';
import { FILE_TYPES } from '../../protocol/fileTypes.ts';
import { useActions, useChat } from '../context.ts';
import { ClipIcon } from '../icons/icons.tsx';
import { CameraIcon } from '../icons/viewIcons.tsx';
import { useViewWords } from '../viewWords.tsx';
import { Limits } from './AttachHint.tsx';

/** Types alone: an ending among them, and Android offers its gallery instead of the camera. */
const PHOTOS = FILE_TYPES.filter(({ kind }) => kind === 'image').map(({ mime }) => mime);

/** For fingers: the camera, or the device's own picker. What may be sent stands below, before anything is picked. */
export function AttachWays({ onChosen }: { onChosen: () => void }) {
  const words = useViewWords();
  const actions = useActions();
  const { picker } = useChat();
  const camera = useRef<HTMLInputElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus({ preventScroll: true }), []);

  function onTaken({ target }: ChangeEvent<HTMLInputElement>) {
    const files = Array.from(target.files ?? []);
    if (files.length > 0) actions.attach(files);
    onChosen();
  }

  return (
    <fieldset className="composer-note attach-ways" aria-label={words.attachWays}>
      <button type="button" ref={first} onClick={() => camera.current?.click()}>
        <CameraIcon />
        {words.takePhoto}
      </button>
      <button
        type="button"
        onClick={() => {
          onChosen();
          picker.current?.click();
        }}
      >
        <ClipIcon />
        {words.chooseFiles}
      </button>
      <div className="attach-limits">
        <Limits />
      </div>
      <input
        type="file"
        ref={camera}
        accept={PHOTOS.join(',')}
        capture="environment"
        hidden
        tabIndex={-1}
        onChange={onTaken}
      />
    </fieldset>
  );
}
