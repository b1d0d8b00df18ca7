import { downloadOf } from '../../store/selectors.ts';
import { useActions, useChatState } from '../context.ts';
import { nameOfFile } from '../File/fileName.ts';
import { CloseIcon } from '../icons/icons.tsx';
import { DownloadIcon, ZoomInIcon, ZoomOutIcon } from '../icons/viewIcons.tsx';
import { useNameOf } from '../names.ts';
import { useViewWords } from '../viewWords.tsx';
import type { StoredPhoto } from './photos.ts';
import type { Zoom } from './useZoom.ts';

interface BarProps {
  readonly photo: StoredPhoto;
  /** From 0, among `count`. */
  readonly index: number;
  readonly count: number;
  readonly zoom: Zoom;
  readonly onClose: () => void;
}

/** Whose photo it is and from when, said aloud at each step, and what can be done with it. */
export function Bar({ photo: { message, file }, index, count, zoom, onClose }: BarProps) {
  const words = useViewWords();
  const actions = useActions();
  const sender = useNameOf(message);
  const name = nameOfFile(file, words.fileKind(file.fileType));
  const saving = useChatState((s) => downloadOf(file.relativePath)(s)?.at === 'saving');
  return (
    <div className="lightbox-bar">
      <p aria-live="polite">
        {words.photoTitle(message.mine ? null : sender, message.at)}
        {count > 1 && <span className="hidden-text">{words.showPhoto(index + 1, count)}</span>}
      </p>
      <button
        type="button"
        className="icon-button lightbox-zoom"
        aria-label={words.zoomOut}
        aria-disabled={zoom.view.scale === 1}
        onClick={zoom.out}
      >
        <ZoomOutIcon />
      </button>
      <button type="button" className="icon-button lightbox-zoom" aria-label={words.zoomIn} onClick={zoom.in}>
        <ZoomInIcon />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={words.downloadFile(name)}
        aria-busy={saving}
        onClick={() => actions.saveFile(file.relativePath, name)}
      >
        {saving ? <span className="spinner" /> : <DownloadIcon />}
      </button>
      <button type="button" className="icon-button" aria-label={words.closePhoto} onClick={onClose}>
        <CloseIcon />
      </button>
    </div>
  );
}
