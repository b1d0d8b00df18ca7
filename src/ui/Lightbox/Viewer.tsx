import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef } from 'react';
import { attachmentsOf, downloadOf } from '../../store/selectors.ts';
import { useActions, useChatState } from '../context.ts';
import { captionUnder, nameOfFile } from '../File/fileName.ts';
import { NotLoaded } from '../File/NotLoaded.tsx';
import { usePhotoAddress } from '../File/Photo.tsx';
import { CloseIcon } from '../icons/icons.tsx';
import { DownloadIcon, NextIcon, PreviousIcon } from '../icons/viewIcons.tsx';
import { useNameOf } from '../names.ts';
import { useViewWords } from '../viewWords.tsx';
import { photosOf, type StoredPhoto } from './photos.ts';

/** A native modal dialog: it lies over the whole page, keeps focus inside, and gives it back when it closes. */
export function Viewer({ shown }: { shown: string }) {
  const words = useViewWords();
  const actions = useActions();
  const transcript = useChatState((s) => s.transcript);
  const attachments = useChatState(attachmentsOf);
  const photos = useMemo(() => photosOf(transcript, attachments), [transcript, attachments]);
  const index = photos.findIndex(({ message }) => message.id === shown);
  const photo = photos[index];
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => actions.showLightbox(null);

  useEffect(() => {
    const node = dialog.current;
    node?.showModal();
    return () => node?.close();
  }, []);

  function show(step: number) {
    const next = photos[index + step];
    if (next) actions.showLightbox(next.message.id);
  }

  function onKeyDown(event: KeyboardEvent) {
    event.stopPropagation();
    const forward = words.direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') show(event.key === forward ? 1 : -1);
  }

  return (
    <dialog
      className="lightbox"
      ref={dialog}
      aria-label={words.photo}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event: MouseEvent) => {
        if (event.target instanceof Element && event.target.matches('.lightbox, .lightbox-stage')) close();
      }}
    >
      {photo && (
        <>
          <Bar photo={photo} onClose={close} />
          <Stage photo={photo} key={photo.message.id} />
          <Strip photos={photos} shown={shown} />
          {index > 0 && (
            <button
              type="button"
              className="lightbox-step"
              data-step="previous"
              aria-label={words.previousPhoto}
              onClick={() => show(-1)}
            >
              <PreviousIcon />
            </button>
          )}
          {index < photos.length - 1 && (
            <button
              type="button"
              className="lightbox-step"
              data-step="next"
              aria-label={words.nextPhoto}
              onClick={() => show(1)}
            >
              <NextIcon />
            </button>
          )}
        </>
      )}
    </dialog>
  );
}

function Bar({ photo: { message, file }, onClose }: { photo: StoredPhoto; onClose: () => void }) {
  const words = useViewWords();
  const actions = useActions();
  const sender = useNameOf(message);
  const name = nameOfFile(file, words.fileKind(file.fileType));
  const saving = useChatState((s) => downloadOf(file.relativePath)(s)?.at === 'saving');
  return (
    <div className="lightbox-bar">
      <p>{words.photoTitle(message.mine ? null : sender, message.at)}</p>
      <button
        type="button"
        className="icon-button"
        aria-label={words.downloadFile(name)}
        aria-busy={saving}
        onClick={() => actions.saveFile(file.relativePath, name)}
      >
        <DownloadIcon />
      </button>
      <button type="button" className="icon-button" aria-label={words.closePhoto} onClick={onClose}>
        <CloseIcon />
      </button>
    </div>
  );
}

function Stage({ photo: { message, file } }: { photo: StoredPhoto }) {
  const words = useViewWords();
  const actions = useActions();
  const sender = useNameOf(message);
  const path = file.relativePath;
  const { address, loaded, failed, onLoad } = usePhotoAddress(path);
  const name = nameOfFile(file, words.fileKind(file.fileType));
  const caption = captionUnder(file.caption, name, file.fileType);
  useEffect(() => actions.wantFile(path), [actions, path]);
  return (
    <div className="lightbox-stage">
      {!loaded && file.preview !== null && <img className="lightbox-preview" src={file.preview} alt="" />}
      {address !== null && (
        <img
          className="lightbox-real"
          data-loaded={loaded}
          key={address}
          src={address}
          alt={words.photoAlt(message.mine ? null : sender, caption || name)}
          crossOrigin="anonymous"
          referrerPolicy="no-referrer"
          onLoad={onLoad}
          onError={() => actions.imageFailed(path)}
        />
      )}
      {failed && <NotLoaded onAgain={() => actions.wantFile(path)} />}
      {caption !== '' && (
        <p className="lightbox-caption" dir="auto">
          {caption}
        </p>
      )}
    </div>
  );
}

function Strip({ photos, shown }: { photos: readonly StoredPhoto[]; shown: string }) {
  const words = useViewWords();
  const actions = useActions();
  const current = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shown photo is what moves the strip.
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [shown]);
  if (photos.length < 2) return null;
  return (
    <div className="lightbox-strip">
      {photos.map(({ message, file }, index) => (
        <button
          type="button"
          key={message.id}
          ref={message.id === shown ? current : null}
          aria-label={words.showPhoto(index + 1, photos.length)}
          aria-current={message.id === shown}
          onClick={() => actions.showLightbox(message.id)}
        >
          {file.preview !== null && <img src={file.preview} alt="" />}
        </button>
      ))}
    </div>
  );
}
