import { useEffect, useRef } from 'react';
import { useActions } from '../context.ts';
import { PreviewImage, useReadPreview } from '../File/PreviewImage.tsx';
import { PhotoIcon } from '../icons/viewIcons.tsx';
import { useViewWords } from '../viewWords.tsx';
import type { StoredPhoto } from './photos.ts';

/** Photos on either side of the shown one that stand in the strip: a conversation may have hundreds. */
const AROUND = 12;

/** Small views of the photos before and after the one shown. */
export function Strip({ photos, index }: { photos: readonly StoredPhoto[]; index: number }) {
  if (photos.length < 2) return null;
  const from = Math.max(0, index - AROUND);
  return (
    <div className="lightbox-strip">
      {photos.slice(from, index + AROUND + 1).map((photo, at) => (
        <Small
          key={photo.message.id}
          photo={photo}
          place={from + at + 1}
          count={photos.length}
          shown={from + at === index}
        />
      ))}
    </div>
  );
}

interface SmallProps {
  readonly photo: StoredPhoto;
  readonly place: number;
  readonly count: number;
  readonly shown: boolean;
}

function Small({ photo: { message, file }, place, count, shown }: SmallProps) {
  const words = useViewWords();
  const actions = useActions();
  const preview = useReadPreview(file.preview);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (shown) button.current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [shown]);
  return (
    <button
      type="button"
      ref={button}
      aria-label={words.showPhoto(place, count)}
      aria-current={shown}
      onClick={() => actions.showLightbox(message.id)}
    >
      {preview ? <PreviewImage preview={preview} alt="" /> : <PhotoIcon />}
    </button>
  );
}
