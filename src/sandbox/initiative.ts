import { addConversation, addDialog, newConversation, newDialog, publish } from './conversations.ts';
import type { Account, ConversationRecord, UserRecord } from './records.ts';
import { oldIdOf } from './views.ts';
import { refuse, type World } from './world.ts';

/** What people of the brand begin without being asked by a consumer. */

/** How long an invitation to co-browse stands, ms (PROTOCOL §11). */
const INVITATION = 120_000;

const CONTEXT = { conversationContext: { type: 'ProactiveContext' } };

/** A conversation that an agent begins with a consumer, and its first message (PROTOCOL §12). */
export function startConversation(
  world: World,
  account: Account,
  agent: UserRecord,
  consumerId: string,
  text: string,
): ConversationRecord {
  if (consumerId === '' || text === '') refuse(400, 'A conversation begins with a consumer and a text');
  const conversation = newConversation(world, account, consumerId, world.clock.now(), CONTEXT);
  conversation.participants.push({ id: agent.pid, role: 'ASSIGNED_AGENT', state: 'ACTIVE' });
  addConversation(world, account, conversation);
  write(world, account, conversation, agent, text, 'ALL');
  return conversation;
}

/** A text from somebody of the brand in the main dialog, for everybody or as a private note. */
export function write(
  world: World,
  account: Account,
  conversation: ConversationRecord,
  { pid }: UserRecord,
  message: string,
  audience: 'ALL' | 'AGENTS_AND_MANAGERS',
): number {
  const main = conversation.dialogs.find(({ type }) => type === 'MAIN') ?? refuse(400, 'There is no main dialog');
  const event = { type: 'ContentEvent', contentType: 'text/plain', message };
  const publication = { from: pid, role: 'ASSIGNED_AGENT', event, metadata: [], audience } as const;
  return publish(world, account, conversation, main, publication);
}

/** Invites a consumer to co-browse: a dialog in which nothing is said; its id. */
export function coBrowse(world: World, account: Account, conversation: ConversationRecord, agent: UserRecord): string {
  const now = world.clock.now();
  const id = world.uuid();
  const metaData = {
    serviceId: `${oldIdOf(account, agent.pid)}#${id}`,
    mode: 'shared',
    // Seconds with a fraction, unlike every other time of the protocol.
    expires: (now + INVITATION) / 1000,
    sessionState: 'INVITED',
    dialogId: conversation.id,
  };
  const participants = [
    { id: conversation.consumerId, role: 'CONSUMER', state: 'ACTIVE' },
    { id: agent.pid, role: 'ASSIGNED_AGENT', state: 'ACTIVE' },
  ] as const;
  addDialog(world, account, conversation, newDialog(id, 'OTHER', now, { participants, metaData }));
  return id;
}
