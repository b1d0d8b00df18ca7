import { fileSharingOf, settingsOf } from '../../store/selectors.ts';
import { useActions, useChat, useChatState } from '../context.ts';

/** Before the first message: a welcome, and sentences that can be sent by one press. */
export function Welcome() {
  const { words, later } = useChat();
  const actions = useActions();
  const { welcome, welcomeHint, suggestions } = useChatState(settingsOf);
  const sharing = useChatState(fileSharingOf);
  const hint = welcomeHint ?? (sharing === 'on' ? words.welcomeHint : '');
  return (
    <div className="welcome">
      <h3 dir="auto">{welcome ?? words.welcome}</h3>
      {hint !== '' && <p dir="auto">{hint}</p>}
      {suggestions.length > 0 && (
        <div className="chips">
          {suggestions.map((sentence) => (
            <button
              type="button"
              className="chip"
              dir="auto"
              key={sentence}
              onPointerEnter={later.want}
              onClick={() => actions.send(sentence)}
            >
              {sentence}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
