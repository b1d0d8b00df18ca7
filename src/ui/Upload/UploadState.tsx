import type { MouseEvent } from 'react';
import { type Attachment, progressOf } from '../../model/attachment.ts';
import type { Message } from '../../model/message.ts';
import { fileSharingOf, isOnline } from '../../store/selectors.ts';
import { Remedy } from '../Bubble/Remedy.tsx';
import { useActions, useChat, useChatState } from '../context.ts';
import { leave } from '../Tray/leave.ts';
import { useViewWords } from '../viewWords.tsx';
import { uploadFailure, wayOut } from './uploadFailure.ts';

/** The quiet line under an own file that has not arrived: its facts, or why it stopped and what to do. */
export function UploadState({ message, attachment }: { message: Message; attachment: Attachment }) {
  const words = useViewWords();
  const actions = useActions();
  const online = useChatState(isOnline);
  const sharing = useChatState(fileSharingOf);
  const { picker, composer } = useChat();
  const remove = () => actions.cancel(message.id);

  function pickAgain(event: MouseEvent<HTMLElement>) {
    leave(event, composer.current);
    remove();
    picker.current?.click();
  }

  if (attachment.at === 'failed') {
    const way = wayOut(attachment.why, sharing);
    return (
      <div className="state state-failed">
        <p>{uploadFailure(attachment.why, sharing, words)}</p>
        {way === 'retry' && <Remedy label={words.retry} onClick={() => actions.retry(message.id)} />}
        {way === 'pick' && <Remedy label={words.pickAgain} onClick={pickAgain} />}
        <button type="button" className="quiet" onClick={remove}>
          {words.remove}
        </button>
      </div>
    );
  }
  if (!online || attachment.at === 'queued')
    return <p className="state">{words.stateLine(message.at, words.state('sending', false))}</p>;
  if (attachment.at === 'verifying')
    return <p className="state">{words.stateLine(message.at, words.checkingArrival)}</p>;
  return <p className="state">{words.uploadFacts({ ...attachment, share: progressOf(attachment) })}</p>;
}
