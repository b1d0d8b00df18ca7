import type { KeyboardEvent } from 'react';
import type { Attachment } from '../../model/attachment.ts';
import { useActions, useChat } from '../context.ts';
import { FileName, TypeMark } from '../File/DocumentCard.tsx';
import { PreviewImage, useReadPreview } from '../File/PreviewImage.tsx';
import { EarlierIcon, LaterIcon, PhotoIcon, SmallCloseIcon } from '../icons/viewIcons.tsx';
import { useViewWords } from '../viewWords.tsx';
import { leave } from './leave.ts';
import type { Reorder } from './useReorder.ts';

interface TrayTileProps {
  readonly file: Attachment;
  /** From 0, among `count`. */
  readonly place: number;
  readonly count: number;
  readonly reorder: Reorder;
}

/** One file: what it looks like, its caption, its removal, and its place among the others. */
export function TrayTile({ file, place, count, reorder }: TrayTileProps) {
  const words = useViewWords();
  const actions = useActions();
  const { composer } = useChat();
  const move = (by: -1 | 1) => reorder.move(file.id, place + by);

  function onKeyDown(event: KeyboardEvent) {
    // In a caption Alt and an arrow go from word to word.
    if (!event.altKey || event.target instanceof HTMLInputElement) return;
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    move((event.key === 'ArrowLeft') === (words.direction === 'ltr') ? -1 : 1);
  }

  return (
    <li
      className="tray-tile"
      data-id={file.id}
      data-checking={file.at === 'picked'}
      data-movable={count > 1}
      onKeyDown={onKeyDown}
    >
      <div className="tray-face" onPointerDown={(event) => reorder.grab(event, file.id)}>
        <Face file={file} />
      </div>
      <input
        type="text"
        dir="auto"
        aria-label={words.captionFor(file.name)}
        placeholder={words.caption}
        maxLength={500}
        value={file.caption}
        onChange={(event) => actions.setCaption(file.id, event.target.value)}
      />
      {count > 1 && (
        <div className="tray-moves">
          <button
            type="button"
            data-move="earlier"
            aria-label={words.moveEarlier(file.name)}
            aria-disabled={place === 0}
            onClick={() => move(-1)}
          >
            <EarlierIcon />
          </button>
          <button
            type="button"
            data-move="later"
            aria-label={words.moveLater(file.name)}
            aria-disabled={place === count - 1}
            onClick={() => move(1)}
          >
            <LaterIcon />
          </button>
        </div>
      )}
      <button
        type="button"
        className="tray-remove"
        data-removes
        aria-label={words.removeFile(file.name)}
        onClick={(event) => {
          leave(event, composer.current);
          actions.removeFromTray(file.id);
        }}
      >
        <SmallCloseIcon />
      </button>
    </li>
  );
}

function Face({ file }: { file: Attachment }) {
  const words = useViewWords();
  const preview = useReadPreview(file.preview);
  const checking = file.at === 'picked' && <span className="hidden-text">{words.checking(file.name)}</span>;
  if (preview)
    return (
      <>
        <PreviewImage preview={preview} alt={file.name} />
        <span className="tray-size">{words.format.size(file.uploadSize)}</span>
        {checking}
      </>
    );
  if (checking) return checking;
  return (
    <>
      {file.kind === 'image' ? <PhotoIcon /> : <TypeMark fileType={file.fileType} large />}
      <FileName name={file.name} />
    </>
  );
}
