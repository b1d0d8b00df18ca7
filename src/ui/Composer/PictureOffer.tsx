import { useEffect } from 'react';
import { useChat } from '../context.ts';
import { SmallCloseIcon } from '../icons/viewIcons.tsx';
import { useViewWords } from '../viewWords.tsx';

/** Asks whether the picture that came with pasted text is wanted too. The focus stays in the text. */
export function PictureOffer({ decided }: { decided: (wanted: boolean) => void }) {
  const { announcer, composer } = useChat();
  const words = useViewWords();
  useEffect(() => announcer?.say(words.pictureOffered), [announcer, words]);

  function decide(wanted: boolean) {
    decided(wanted);
    composer.current?.focus();
  }

  return (
    <div className="picture-offer">
      <p>{words.pictureOffered}</p>
      <button type="button" className="chip" onClick={() => decide(true)}>
        {words.addPicture}
      </button>
      <button type="button" className="icon-button small" aria-label={words.leavePicture} onClick={() => decide(false)}>
        <SmallCloseIcon />
      </button>
    </div>
  );
}
