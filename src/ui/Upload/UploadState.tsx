import { type Attachment, progressOf } from '../../model/attachment.ts';
import type { Message } from '../../model/transcript.ts';
import { isOnline } from '../../store/selectors.ts';
import { Remedy } from '../Bubble/OwnState.tsx';
import { useActions, useChatState, useWords } from '../context.ts';

/** The quiet line under an own file that has not arrived: its facts, or why it stopped and what to do. */
export function UploadState({ message, attachment }: { message: Message; attachment: Attachment }) {
  const words = useWords();
  const actions = useActions();
  const online = useChatState(isOnline);
  if (attachment.at === 'failed')
    return (
      <div className="state state-failed">
        <p>{words.failure(attachment.why, 'file')}</p>
        <Remedy label={words.retry} onClick={() => actions.retry(message.id)} />
        <button type="button" className="quiet" onClick={() => actions.cancel(message.id)}>
          {words.remove}
        </button>
      </div>
    );
  if (!online) return <p className="state">{words.stateLine(message.at, words.state('sending', false))}</p>;
  const { size, uploadSize } = attachment;
  return <p className="state">{words.uploadFacts({ size, uploadSize, share: progressOf(attachment) })}</p>;
}
