import { agentOf, conversationPhase, typingOf } from '../../store/selectors.ts';
import { useChat, useChatState } from '../context.ts';
import { Avatar } from '../Header/Avatar.tsx';
import { useViewWords } from '../viewWords.tsx';
import { hasBegunAnew } from './talks.ts';

export function DayLine({ at }: { at: number }) {
  const { now } = useChat();
  const words = useViewWords();
  const day = words.day(at, now());
  return day === '' ? null : <p className="line">{day}</p>;
}

/** Between the last word of one conversation and the first of the next. */
export function EndedLine() {
  return <p className="line line-ended">{useViewWords().conversationEnded}</p>;
}

export function NewLine() {
  return (
    <p className="line line-new">
      <span>{useViewWords().newLine}</span>
    </p>
  );
}

export function JoinedLine({ agentId }: { agentId: string }) {
  const words = useViewWords();
  const nickname = useChatState((s) => agentOf(agentId)(s)?.nickname);
  return <p className="line">{words.joined(nickname ?? words.agent)}</p>;
}

/** The dots of whoever types now; screen readers are told by the announcer. */
export function Typing() {
  const id = useChatState((s) => typingOf(s)[0]);
  if (id === undefined) return null;
  return (
    <div className="row row-typing" data-place="alone" aria-hidden="true">
      <Avatar agentId={id} />
      <div className="bubble dots">
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}

/** Where the conversation has ended, and what to do now. */
export function Ending() {
  const words = useViewWords();
  const ended = useChatState((s) => conversationPhase(s) === 'ended' && !hasBegunAnew(s));
  if (!ended) return null;
  return (
    <p className="line line-ending">
      <strong>{words.conversationEnded}</strong> {words.writeToStartAnew}
    </p>
  );
}
