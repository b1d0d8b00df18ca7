import { type SyntheticEvent, useEffect } from 'react';
import { downloadOf } from '../../store/selectors.ts';
import { useActions, useChatState } from '../context.ts';
import { captionUnder, nameOfFile } from '../File/fileName.ts';
import { NotLoaded } from '../File/NotLoaded.tsx';
import { usePhotoAddress } from '../File/Photo.tsx';
import { PreviewImage } from '../File/PreviewImage.tsx';
import type { Preview } from '../File/preview.ts';
import { useNameOf } from '../names.ts';
import { useViewWords } from '../viewWords.tsx';
import type { StoredPhoto } from './photos.ts';
import { type Gestures, useGestures } from './useGestures.ts';
import type { Zoom } from './useZoom.ts';

interface StageProps extends Gestures {
  readonly photo: StoredPhoto;
  readonly preview: Preview | null;
  readonly zoom: Zoom;
}

/** The photo itself: its preview, the real one over it when that has come, and what is to be said of it. */
export function Stage({ photo: { message, file }, preview, zoom, onStroke, onBeside }: StageProps) {
  const words = useViewWords();
  const actions = useActions();
  const sender = useNameOf(message);
  const path = file.relativePath;
  const { address, loaded, failed, onLoad } = usePhotoAddress(path);
  const gestures = useGestures(zoom, { onStroke, onBeside });
  const name = nameOfFile(file, words.fileKind(file.fileType));
  const caption = captionUnder(file.caption, name, file.fileType);
  const alt = words.photoAlt(message.mine ? null : sender, caption || name);
  const { scale, x, y } = zoom.view;
  useEffect(() => actions.wantFile(path), [actions, path]);

  function onLoaded({ currentTarget: { naturalWidth, naturalHeight } }: SyntheticEvent<HTMLImageElement>) {
    zoom.measured({ width: naturalWidth, height: naturalHeight });
    onLoad();
  }

  return (
    <div className="lightbox-stage" ref={zoom.stage} data-enlarged={scale > 1} {...gestures}>
      <div
        className="lightbox-frame"
        ref={zoom.frame}
        data-gliding={zoom.gliding}
        style={{ transform: `translate(${x}px, ${y}px) scale(${scale})` }}
      >
        {!loaded && <PreviewImage preview={preview} alt={address === null ? alt : ''} />}
        {address !== null && (
          <img
            className="lightbox-real"
            data-loaded={loaded}
            key={address}
            src={address}
            alt={alt}
            crossOrigin="anonymous"
            referrerPolicy="no-referrer"
            draggable={false}
            onLoad={onLoaded}
            onError={() => actions.imageFailed(path)}
          />
        )}
      </div>
      {failed && <NotLoaded what={words.photoNotLoaded(name)} onAgain={() => actions.wantFile(path)} />}
      {loaded && <NotSaved path={path} name={name} />}
      {caption !== '' && (
        <p className="lightbox-caption" dir="auto">
          {caption}
        </p>
      )}
    </div>
  );
}

/** A download that failed while the photo itself is here. */
function NotSaved({ path, name }: { path: string; name: string }) {
  const words = useViewWords();
  const actions = useActions();
  const failed = useChatState((s) => downloadOf(path)(s)?.at === 'failed');
  return failed && <NotLoaded what={words.couldNotSave} onAgain={() => actions.saveFile(path, name)} />;
}
