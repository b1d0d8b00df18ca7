import { addConversation, newConversation, store } from './conversations.ts';
import type { Account, ConversationRecord, UserRecord } from './records.ts';
import type { World } from './world.ts';

/** Between two messages of a conversation made in advance, ms: a long one spans several days. */
const SPACING = 90_000;

export const MAX_PRELOADED = 20_000;

/**
 * A conversation that has been going on: consumer and agent in turn, texts `message #0 `, `message #1 ` …, all of it
 * read by both. It takes no shortcut for readers: they subscribe to it like to any other.
 */
export function preload(
  world: World,
  account: Account,
  consumerId: string,
  agent: UserRecord,
  messages: number,
): ConversationRecord {
  const startedAt = world.clock.now() - (messages + 1) * SPACING;
  const conversation = newConversation(world, account, consumerId, startedAt, null);
  conversation.participants.push({ id: agent.pid, role: 'ASSIGNED_AGENT', state: 'ACTIVE' });
  const [dialog] = conversation.dialogs;
  if (!dialog) throw new Error('a new conversation has no dialog');
  const people = [
    { from: consumerId, role: 'CONSUMER' },
    { from: agent.pid, role: 'ASSIGNED_AGENT' },
  ] as const;
  const common = { metadata: [], audience: 'ALL' } as const;
  const sequences: [number[], number[]] = [[], []];
  for (let index = 0; index < messages; index++) {
    const turn = index % 2 === 0 ? 0 : 1;
    const event = { type: 'ContentEvent', contentType: 'text/plain', message: textOf(index) };
    const stored = store(dialog, { ...common, ...people[turn], event }, startedAt + (index + 1) * SPACING);
    sequences[turn].push(stored.sequence);
  }
  for (const turn of [0, 1] as const) {
    const sequenceList = sequences[turn === 0 ? 1 : 0];
    if (sequenceList.length === 0) continue;
    const event = { type: 'AcceptStatusEvent', status: 'READ', sequenceList };
    store(dialog, { ...common, ...people[turn], event }, world.clock.now());
  }
  conversation.updatedAt = world.clock.now();
  addConversation(world, account, conversation);
  return conversation;
}

const LINES: readonly string[] = [
  'Do you have the meadow mix for shade?',
  'We do. It likes a thin, poor soil best.',
  'When should I sow it?',
  'From late August to October, or in April. Rake it in lightly and tread it down.',
  'And how much do I need for twenty square metres?',
  'Five grams to the square metre, so a bag of 100 g is just right.',
  'Lovely, thank you.',
  'You are welcome. Send us a picture when it flowers!',
];

function textOf(index: number): string {
  return `message #${index} ${LINES[index % LINES.length] ?? ''}`;
}
