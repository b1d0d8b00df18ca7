import { type Attachment, progressOf } from '../../model/attachment.ts';
import type { Message } from '../../model/message.ts';
import { fileSharingOf, isOnline } from '../../store/selectors.ts';
import { Remedy } from '../Bubble/Remedy.tsx';
import { useActions, useChatState } from '../context.ts';
import { useViewWords } from '../viewWords.tsx';
import { isSharingOff, uploadFailure } from './uploadFailure.ts';

/** The quiet line under an own file that has not arrived: its facts, or why it stopped and what to do. */
export function UploadState({ message, attachment }: { message: Message; attachment: Attachment }) {
  const words = useViewWords();
  const actions = useActions();
  const online = useChatState(isOnline);
  const sharing = useChatState(fileSharingOf);
  if (attachment.at === 'failed')
    return (
      <div className="state state-failed">
        <p>{uploadFailure(attachment.why, sharing, words)}</p>
        {!isSharingOff(attachment.why, sharing) && (
          <Remedy label={words.retry} onClick={() => actions.retry(message.id)} />
        )}
        <button type="button" className="quiet" onClick={() => actions.cancel(message.id)}>
          {words.remove}
        </button>
      </div>
    );
  if (!online || attachment.at === 'queued')
    return <p className="state">{words.stateLine(message.at, words.state('sending', false))}</p>;
  if (attachment.at === 'verifying')
    return <p className="state">{words.stateLine(message.at, words.checkingArrival)}</p>;
  return <p className="state">{words.uploadFacts({ ...attachment, share: progressOf(attachment) })}</p>;
}
