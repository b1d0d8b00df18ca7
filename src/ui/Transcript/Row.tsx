import { memo } from 'react';
import type { Message } from '../../model/message.ts';
import { isOnline, messageOf } from '../../store/selectors.ts';
import { OwnState } from '../Bubble/OwnState.tsx';
import { TextBubble } from '../Bubble/TextBubble.tsx';
import { useChatState } from '../context.ts';
import { FileBubble } from '../File/FileBubble.tsx';
import { Avatar } from '../Header/Avatar.tsx';
import { useNameOf } from '../names.ts';
import { UploadBubble } from '../Upload/UploadBubble.tsx';
import { useViewWords } from '../viewWords.tsx';
import { DayLine, EndedLine, JoinedLine, NewLine } from './Lines.tsx';
import { hasStopped, type Spot } from './photoGrid.ts';
import { placeOf, startsDay } from './place.ts';
import { startsTalk } from './talks.ts';

export interface RowProps {
  readonly id: string;
  /** In the list of all messages, of which not all are painted. */
  readonly index: number;
  readonly previous: string | undefined;
  readonly next: string | undefined;
  readonly spot: Spot;
  readonly joined: boolean;
  readonly isNew: boolean;
  readonly breaksAfter: boolean;
}

/** One message and the lines above it. */
export const Row = memo(function Row({ id, index, previous, next, spot, joined, isNew, breaksAfter }: RowProps) {
  const message = useChatState(messageOf(id));
  const newTalk = useChatState((s) => startsTalk(s, previous, id));
  const place = useChatState((s) => {
    const { byId } = s.transcript;
    const own = byId.get(id);
    const below = breaksAfter || startsTalk(s, id, next);
    return own && placeOf(byId.get(previous ?? ''), own, byId.get(next ?? ''), joined || isNew || newTalk, below);
  });
  const newDay = useChatState(({ transcript: { byId } }) => {
    const own = byId.get(id);
    return own !== undefined && startsDay(byId.get(previous ?? ''), own);
  });
  const other = spot === 'start' ? next : previous;
  const parted = useChatState((s) => isPaired(spot) && (hasStopped(s, id) || hasStopped(s, other ?? '')));
  if (!message || !place) return null;
  return (
    <>
      {newTalk && <EndedLine />}
      {newDay && <DayLine at={message.at} />}
      {/* Who begins a talk, as a survey does, has not joined one. */}
      {joined && !newTalk && <JoinedLine agentId={message.from.id} />}
      {isNew && <NewLine />}
      <Article message={message} place={place} index={index} spot={parted ? '' : spot} />
    </>
  );
});

function isPaired(spot: Spot): boolean {
  return spot === 'start' || spot === 'end';
}

interface ArticleProps {
  readonly message: Message;
  readonly place: string;
  readonly index: number;
  readonly spot: Spot;
}

function Article({ message, place, index, spot }: ArticleProps) {
  const words = useViewWords();
  const online = useChatState(isOnline);
  const name = useNameOf(message);
  const ends = place === 'last' || place === 'alone';
  const state = message.delivery ? words.state(message.delivery.at, online) : '';
  return (
    <article
      className="row"
      data-message={message.id}
      data-mine={message.mine}
      data-place={place}
      data-spot={spot || undefined}
      aria-posinset={index + 1}
      aria-setsize={-1}
      aria-label={words.messageLabel({ name, at: message.at, state })}
    >
      {!message.mine && (ends ? <Avatar agentId={message.from.id} /> : <span className="avatar-gap" />)}
      <div className="stack">
        <div className="bubble-line">
          <Content message={message} />
          {!ends && (
            <time className="peek" aria-hidden="true">
              {words.format.time(message.at)}
            </time>
          )}
        </div>
        {message.mine ? (
          <OwnState message={message} ends={ends} />
        ) : (
          ends && <p className="byline">{words.byline(name, message.at)}</p>
        )}
      </div>
    </article>
  );
}

function Content({ message }: { message: Message }) {
  const { body } = message;
  switch (body.type) {
    case 'text':
      return <TextBubble text={body.text} />;
    case 'file':
      return <FileBubble message={message} file={body.file} />;
    case 'upload':
      return <UploadBubble message={message} attachmentId={body.attachmentId} />;
    case 'unsupported':
      return <Unsupported />;
  }
}

function Unsupported() {
  return <p className="bubble bubble-quiet">{useViewWords().unsupported}</p>;
}
