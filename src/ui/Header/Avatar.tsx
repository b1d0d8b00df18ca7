import { useState } from 'react';
import { agentOf, settingsOf } from '../../store/selectors.ts';
import { useChatState } from '../context.ts';

/** The picture of an agent, or the brand's initial. Beside a name that says the same, so hidden from screen readers. */
export function Avatar({ agentId, large = false }: { agentId?: string; large?: boolean }) {
  const brandName = useChatState((s) => settingsOf(s).brandName);
  const picture = useChatState((s) => (agentId === undefined ? null : (agentOf(agentId)(s)?.picture ?? null)));
  const [broken, setBroken] = useState(false);
  const initial = [...brandName.trim()][0]?.toUpperCase() ?? '';
  return (
    <span className="avatar" data-large={large} aria-hidden="true">
      {picture !== null && !broken ? (
        <img src={picture} alt="" referrerPolicy="no-referrer" draggable={false} onError={() => setBroken(true)} />
      ) : (
        initial
      )}
    </span>
  );
}
