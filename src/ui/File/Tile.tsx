import type { CSSProperties, ReactNode } from 'react';
import { RichText } from '../Bubble/TextBubble.tsx';
import { PhotoIcon } from '../icons/viewIcons.tsx';
import { PreviewImage, useReadPreview } from './PreviewImage.tsx';

/** Px: the tile of a photo in the transcript. */
const WIDTH = 240;
const MIN_HEIGHT = 120;
const MAX_HEIGHT = 300;

export interface TileProps {
  readonly name: string;
  readonly preview: string | null;
  /** Pixels where they are known; else the preview's. */
  readonly width: number | null;
  readonly height: number | null;
  readonly caption: string;
  readonly alt?: string;
  /** Under a scrim, because something stands on it. */
  readonly dimmed?: boolean;
  readonly children?: ReactNode;
}

/** Height that the tile keeps from before its image loads until after: nothing moves. */
function heightOf(width: number, height: number): number {
  return Math.round(Math.min(MAX_HEIGHT, Math.max(MIN_HEIGHT, (WIDTH * height) / width)));
}

/** A picture in its aspect: its preview, or a quiet mark where there is none, and whatever lies over it. */
export function Tile({ name, preview, width, height, caption, alt = name, dimmed = false, children }: TileProps) {
  const read = useReadPreview(preview);
  const size = width && height ? { width, height } : (read ?? { width: 4, height: 3 });
  return (
    <figure className="tile" data-captioned={caption !== ''} data-dimmed={dimmed}>
      <div
        className="tile-photo"
        style={{ '--tile-height': `${heightOf(size.width, size.height)}px` } as CSSProperties}
      >
        {read ? <PreviewImage preview={read} alt={alt} /> : <PhotoIcon />}
        {children}
      </div>
      {caption !== '' && (
        <figcaption dir="auto">
          <RichText text={caption} />
        </figcaption>
      )}
    </figure>
  );
}
