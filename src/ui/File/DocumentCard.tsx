import type { ReactNode } from 'react';
import { fileTypeOf } from '../../protocol/fileTypes.ts';
import { RichText } from '../Bubble/TextBubble.tsx';
import { AlertIcon } from '../icons/icons.tsx';
import { useViewWords } from '../viewWords.tsx';
import { captionUnder, splitName } from './fileName.ts';

/** The mark of a type: its short name on its colour. */
export function TypeMark({ fileType, large = false }: { fileType: string; large?: boolean }) {
  const wire = fileTypeOf(fileType)?.wire ?? '';
  return (
    <span className="type-mark" data-type={wire} data-large={large} aria-hidden="true">
      {wire || fileType.slice(0, 4).toUpperCase() || <AlertIcon />}
    </span>
  );
}

/** A name that is shortened in its middle, so that its ending stays in sight. */
export function FileName({ name }: { name: string }) {
  const [head, tail] = splitName(name);
  return (
    <bdi className="file-name" dir="auto" title={name}>
      <span>{head}</span>
      {tail}
    </bdi>
  );
}

export interface DocumentCardProps {
  readonly name: string;
  readonly fileType: string;
  /** Bytes; null where nobody said. */
  readonly size: number | null;
  readonly caption: string;
  /** Stands in the place of size and type: what went wrong. */
  readonly note?: ReactNode;
  readonly children?: ReactNode;
}

export function DocumentCard({ name, fileType, size, caption, note, children }: DocumentCardProps) {
  const words = useViewWords();
  const under = captionUnder(caption, name, fileType);
  return (
    <div className="document" data-captioned={under !== ''}>
      <div className="document-face">
        <TypeMark fileType={fileType} />
        <div className="document-text">
          <FileName name={name} />
          {note ?? <p>{size === null ? words.fileKind(fileType) : words.format.size(size)}</p>}
        </div>
        {children}
      </div>
      {under !== '' && (
        <p className="document-caption" dir="auto">
          <RichText text={under} />
        </p>
      )}
    </div>
  );
}
