import { activeDialog } from '../../model/conversation.ts';
import type { Message } from '../../model/message.ts';
import { conversationPhase } from '../../store/selectors.ts';
import type { ChatState } from '../../store/state.ts';

/** On its way and in no conversation yet. */
function isHomeless({ dialogId, delivery }: Message): boolean {
  return dialogId === null && delivery?.at === 'sending';
}

/** Whether a message is the first of another conversation, or of the survey after it, than the one before. */
export function startsTalk(s: ChatState, previous: string | undefined, id: string | undefined): boolean {
  const { byId } = s.transcript;
  const [before, own] = [byId.get(previous ?? '')?.dialogId ?? null, byId.get(id ?? '')];
  if (before === null || own === undefined) return false;
  if (own.dialogId !== null) return own.dialogId !== before;
  if (!isHomeless(own)) return false;
  // It will begin a conversation where none goes on, so that nothing moves when it has.
  const goesTo = activeDialog(s.conversation)?.id;
  return goesTo === undefined ? conversationPhase(s) === 'ended' : goesTo !== before;
}

/** Whether something has been written since the conversation ended that has not opened the next one yet. */
export function hasBegunAnew({ transcript: { ids, byId } }: ChatState): boolean {
  const last = byId.get(ids.at(-1) ?? '');
  return last !== undefined && isHomeless(last);
}
