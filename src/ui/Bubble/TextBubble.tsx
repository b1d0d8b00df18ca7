import { useMemo, useState } from 'react';
import { useViewWords } from '../viewWords.tsx';
import { linkify } from './linkify.ts';

/** Characters shown of a very long message before "Show more". */
const LONG = 2_000;

/** Text as text nodes and safe links; line breaks are kept by CSS. */
export function RichText({ text }: { text: string }) {
  const pieces = useMemo(() => linkify(text), [text]);
  return pieces.map((piece, index) =>
    piece.type === 'text' ? (
      piece.text
    ) : (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move.
        key={index}
        href={piece.href}
        target="_blank"
        rel="noopener noreferrer nofollow ugc"
        referrerPolicy="no-referrer"
      >
        {piece.text}
      </a>
    ),
  );
}

/** One to a few emoji and nothing else. */
const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u{fe0f}|\u{200d}|\s){1,24}$/u;

export function TextBubble({ text }: { text: string }) {
  const words = useViewWords();
  const [whole, setWhole] = useState(text.length <= LONG * 1.25);
  return (
    <div className="bubble" part="bubble" dir="auto" data-emoji={EMOJI.test(text)}>
      <RichText text={whole ? text : `${text.slice(0, LONG)}…`} />
      {!whole && (
        <button type="button" className="more" onClick={() => setWhole(true)}>
          {words.showMore}
        </button>
      )}
    </div>
  );
}
