import { type KeyboardEvent, type ReactNode, useLayoutEffect, useMemo, useRef } from 'react';
import { attachmentsOf } from '../../store/selectors.ts';
import { useActions, useChatState } from '../context.ts';
import { useReadPreview } from '../File/PreviewImage.tsx';
import { NextIcon, PreviousIcon } from '../icons/viewIcons.tsx';
import { useViewWords } from '../viewWords.tsx';
import { Bar } from './Bar.tsx';
import { photosOf, type StoredPhoto } from './photos.ts';
import { Stage } from './Stage.tsx';
import { Strip } from './Strip.tsx';
import { useZoom, type Zoom } from './useZoom.ts';
import type { Point } from './zoom.ts';

/** Px that an arrow key moves an enlarged photo. */
const NUDGE = 80;
const NUDGES: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: NUDGE, y: 0 },
  ArrowRight: { x: -NUDGE, y: 0 },
  ArrowUp: { x: 0, y: NUDGE },
  ArrowDown: { x: 0, y: -NUDGE },
};

/** The conversation's photos, one shown large. */
export function Viewer({ shown }: { shown: string }) {
  const transcript = useChatState((s) => s.transcript);
  const attachments = useChatState(attachmentsOf);
  const photos = useMemo(() => photosOf(transcript, attachments), [transcript, attachments]);
  const index = photos.findIndex(({ message }) => message.id === shown);
  const photo = photos[index];
  return photo ? <Album photo={photo} photos={photos} index={index} /> : null;
}

interface AlbumProps {
  readonly photo: StoredPhoto;
  readonly photos: readonly StoredPhoto[];
  readonly index: number;
}

function Album({ photo, photos, index }: AlbumProps) {
  const words = useViewWords();
  const actions = useActions();
  const preview = useReadPreview(photo.file.preview);
  const zoom = useZoom(photo.message.id, preview);
  const toRight = words.direction === 'rtl' ? -1 : 1;
  const close = () => actions.showLightbox(null);

  function show(step: number) {
    const next = photos[index + step];
    if (next) actions.showLightbox(next.message.id);
  }

  function onKeyDown(event: KeyboardEvent) {
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const nudge = NUDGES[event.key];
    if (zoomedBy(event.key, zoom) || (nudge && zoom.view.scale > 1)) event.preventDefault();
    if (!nudge) return;
    if (zoom.view.scale > 1) zoom.pan(nudge);
    else if (nudge.x !== 0) show(Math.sign(-nudge.x) * toRight);
  }

  return (
    <Modal onKeyDown={onKeyDown} onClose={close}>
      <Bar photo={photo} index={index} count={photos.length} zoom={zoom} onClose={close} />
      <Stage
        key={photo.message.id}
        photo={photo}
        preview={preview}
        zoom={zoom}
        onBeside={close}
        onStroke={(way) => show(-way * toRight)}
      />
      <Strip photos={photos} index={index} />
      {photos.length > 1 && (
        <>
          <StepButton way="previous" label={words.previousPhoto} off={index === 0} onStep={() => show(-1)} />
          <StepButton way="next" label={words.nextPhoto} off={index === photos.length - 1} onStep={() => show(1)} />
        </>
      )}
    </Modal>
  );
}

/** Whether the key is one that enlarges or shrinks, and then that is done. */
function zoomedBy(key: string, zoom: Zoom): boolean {
  if (key === '+' || key === '=') zoom.in();
  else if (key === '-' || key === '_') zoom.out();
  else if (key === '0') zoom.whole();
  else return false;
  return true;
}

/** Closes it, which gives the focus back; to the conversation where the row that it was opened from has gone meanwhile. */
function closed(dialog: HTMLDialogElement): void {
  dialog.close();
  const root = dialog.getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  const { activeElement } = root;
  if (activeElement === null || dialog.contains(activeElement))
    root.querySelector<HTMLElement>('.scroller')?.focus({ preventScroll: true });
}

interface ModalProps {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A native modal dialog: it lies over the whole page, keeps focus inside, and gives it back when it closes. */
function Modal({ onKeyDown, onClose, children }: ModalProps) {
  const words = useViewWords();
  const dialog = useRef<HTMLDialogElement>(null);

  // A layout effect: closed after it has left the page, a dialog gives no focus back.
  useLayoutEffect(() => {
    const node = dialog.current;
    node?.showModal();
    // On itself: of its buttons none is the likeliest.
    node?.focus();
    return () => {
      if (node) closed(node);
    };
  }, []);

  return (
    <dialog
      className="lightbox"
      ref={dialog}
      aria-label={words.photo}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      {children}
    </dialog>
  );
}

interface StepButtonProps {
  readonly way: 'previous' | 'next';
  readonly label: string;
  /** At an end: it keeps its place, and the focus. */
  readonly off: boolean;
  readonly onStep: () => void;
}

function StepButton({ way, label, off, onStep }: StepButtonProps) {
  return (
    <button
      type="button"
      className="lightbox-step"
      data-step={way}
      aria-label={label}
      aria-disabled={off}
      onClick={onStep}
    >
      {way === 'previous' ? <PreviousIcon /> : <NextIcon />}
    </button>
  );
}
