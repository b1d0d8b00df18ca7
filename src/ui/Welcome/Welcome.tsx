import { settingsOf } from '../../store/selectors.ts';
import { useActions, useChatState } from '../context.ts';

/** Before the first message: a welcome, and sentences that can be sent by one press. */
export function Welcome() {
  const actions = useActions();
  const { welcome, welcomeHint, suggestions } = useChatState(settingsOf);
  return (
    <div className="welcome">
      {welcome !== null && <h3 dir="auto">{welcome}</h3>}
      {welcomeHint !== null && <p dir="auto">{welcomeHint}</p>}
      {suggestions.length > 0 && (
        <div className="chips">
          {suggestions.map((sentence) => (
            <button type="button" className="chip" dir="auto" key={sentence} onClick={() => actions.send(sentence)}>
              {sentence}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
