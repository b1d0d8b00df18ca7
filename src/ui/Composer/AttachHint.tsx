import { settingsOf } from '../../store/selectors.ts';
import { useChatState } from '../context.ts';
import { useViewWords } from '../viewWords.tsx';

/** What may be sent, and how large. */
export function Limits() {
  const words = useViewWords();
  const { limits } = useChatState(settingsOf);
  return words.accepted(limits).map((line) => <p key={line}>{line}</p>);
}

/** Above the attach button while the mouse or the keyboard is at it. */
export function AttachHint({ id }: { id: string }) {
  return (
    <div className="attach-hint">
      <div className="composer-note" id={id}>
        <Limits />
      </div>
    </div>
  );
}
