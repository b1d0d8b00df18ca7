import { field, stringOf } from '../../../src/protocol/read.ts';
import { connectAgentClient } from '../../../src/sandbox/agentClient.ts';
import type { Brand } from '../../../src/sandbox/brand.ts';
import { ACCOUNT } from '../place.ts';

/** An agent inside the service's own process, who has taken the conversation in which a consumer spoke last. */
export interface Agent {
  /** Publishes all of the texts before anything else can happen in the process. */
  say(texts: readonly string[]): Promise<void>;
  leave(): void;
}

/** The main dialog of a conversation has its id. */
function dialogSpokenIn(brand: Brand): string {
  const publish = brand.requests.findLast(({ from, type }) => from === 'consumer' && type === 'ms.PublishEvent');
  const dialogId = stringOf(field(publish?.body, 'dialogId'));
  if (dialogId === null) throw new Error('no consumer has spoken');
  return dialogId;
}

/**
 * Joins the conversation with this id, or the one in which a consumer spoke last. Rejects where nobody has spoken, or the
 * sandbox has no such agent.
 */
export async function joinAsAgent(brand: Brand, id: string = dialogSpokenIn(brand)): Promise<Agent> {
  const bearer = brand.signIn(ACCOUNT, 'agent@example.com', 'demo');
  if (bearer === null) throw new Error('the sandbox knows no such agent');
  const deaf = { messages() {}, conversations() {} };
  const client = connectAgentClient((wire) => brand.connectAgent(ACCOUNT, bearer, wire), deaf);
  await client.request('.ams.cm.UpdateConversationField', {
    conversationId: id,
    conversationField: [{ field: 'ParticipantsChange', type: 'ADD', role: 'ASSIGNED_AGENT' }],
  });
  return {
    async say(texts) {
      const event = (message: string) => ({ type: 'ContentEvent', contentType: 'text/plain', message }) as const;
      const publish = (message: string) =>
        client.request('.ams.ms.PublishEvent', { dialogId: id, conversationId: id, event: event(message) });
      await Promise.all(texts.map(publish));
    },
    leave: () => client.close(),
  };
}
