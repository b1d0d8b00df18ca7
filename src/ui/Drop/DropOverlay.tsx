import { fileSharingOf, settingsOf } from '../../store/selectors.ts';
import { useChatState } from '../context.ts';
import { FileOffIcon, PhotoIcon } from '../icons/viewIcons.tsx';
import { useViewWords } from '../viewWords.tsx';
import type { Carried } from './useDrop.ts';

/** Over the panel while something hangs over it; it lets the pointer through, so it takes part in no drag event itself. */
export function DropOverlay({ carried }: { carried: Carried }) {
  const words = useViewWords();
  const off = useChatState((s) => fileSharingOf(s) === 'off');
  const { limits } = useChatState(settingsOf);
  if (carried === 'words') return <p className="drop-words">{words.dropWords}</p>;
  return (
    <div className="drop">
      <span className="drop-mark">{off ? <FileOffIcon /> : <PhotoIcon />}</span>
      <strong>{off ? words.dropOff : words.dropTitle}</strong>
      {!off && words.accepted(limits).map((line) => <p key={line}>{line}</p>)}
    </div>
  );
}
