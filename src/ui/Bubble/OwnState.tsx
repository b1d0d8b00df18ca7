import type { Attachment } from '../../model/attachment.ts';
import type { Delivery, Message } from '../../model/message.ts';
import { attachmentOf, isOnline } from '../../store/selectors.ts';
import { useActions, useChatState } from '../context.ts';
import { TickIcon, TicksIcon } from '../icons/viewIcons.tsx';
import { UploadState } from '../Upload/UploadState.tsx';
import { useViewWords } from '../viewWords.tsx';
import { Remedy } from './Remedy.tsx';

/** Under an own message: how far it has come, or what to do when it did not. Inside a group only what is not well yet. */
export function OwnState({ message, ends }: { message: Message; ends: boolean }) {
  const uploadId = message.body.type === 'upload' ? message.body.attachmentId : '';
  const attachment = useChatState(attachmentOf(uploadId));
  const delivery = message.delivery ?? { at: 'sent' };
  if (delivery.at === 'unsure') return <Unsure message={message} />;
  if (attachment && isUnderway(attachment)) return <UploadState message={message} attachment={attachment} />;
  if (delivery.at === 'failed') return <Failed message={message} delivery={delivery} />;
  if (!ends && delivery.at !== 'sending') return null;
  return <Progress at={message.at} delivery={delivery.at} />;
}

function isUnderway(attachment: Attachment): boolean {
  return attachment.at !== 'published' && attachment.at !== 'cancelled';
}

function Progress({ at, delivery }: { at: number; delivery: Delivery['at'] }) {
  const words = useViewWords();
  const state = words.state(delivery, useChatState(isOnline));
  const ticks = delivery === 'sent' ? <TickIcon /> : delivery === 'sending' ? null : <TicksIcon />;
  return (
    <p className="state" data-state={delivery}>
      {ticks ? (
        <>
          {words.format.time(at)} {ticks} {state}
        </>
      ) : (
        words.stateLine(at, state)
      )}
    </p>
  );
}

function Failed({ message, delivery }: { message: Message; delivery: Extract<Delivery, { at: 'failed' }> }) {
  const words = useViewWords();
  const actions = useActions();
  return (
    <div className="state state-failed">
      <p>{words.notSent(words.failure(delivery.why, message.body.type === 'text' ? 'message' : 'file'))}</p>
      <Remedy label={words.retry} onClick={() => actions.retry(message.id)} />
      <button type="button" className="quiet" onClick={() => actions.cancel(message.id)}>
        {words.remove}
      </button>
    </div>
  );
}

function Unsure({ message }: { message: Message }) {
  const words = useViewWords();
  const actions = useActions();
  return (
    <div className="state state-failed">
      <p>{words.state('unsure', true)}</p>
      <Remedy label={words.sendAgain} onClick={() => actions.retry(message.id)} />
    </div>
  );
}
