import type { Message } from '../model/message.ts';
import type { ChatState } from '../store/state.ts';
import { useChatState, useWords } from './context.ts';
import type { Words } from './words/words.ts';

/** Who a message is from, in words: the agent's nickname where it is known. */
export function nameOf(message: Pick<Message, 'mine' | 'from'>, agents: ChatState['agents'], words: Words): string {
  if (message.mine) return words.you;
  const { id, role } = message.from;
  return agents.get(id)?.nickname ?? (role === 'CONTROLLER' ? words.robot : words.agent);
}

export function useNameOf(message: Pick<Message, 'mine' | 'from'>): string {
  const words = useWords();
  return useChatState((s) => nameOf(message, s.agents, words));
}
