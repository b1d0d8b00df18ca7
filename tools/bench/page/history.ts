import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrandSnapshot } from '../../../src/sandbox/brand.ts';
import type { ConversationRecord, StoredEvent } from '../../../src/sandbox/records.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';

/** Ms between two messages: some stand together, and the days pass. */
const APART = 95_000;
const SENTENCES = [
  'Yes, that one is in stock.',
  'Could you tell me which size you had before? The new ones are cut a little wider, so most people take the same again.',
  'Thank you!',
  'It left our warehouse this morning and should be with you by Thursday, see https://meadow.example/parcels/48213 for where it is.',
  'Let me look that up for you, one moment please.',
  'We can change the address as long as it has not been packed. After that the carrier has to do it, which takes about a day longer.',
  'Fine.',
];

/** The text of a message of the history; no other message of it contains it. */
export function historyText(index: number): string {
  return `${SENTENCES[index % SENTENCES.length]} (No. ${index}.)`;
}

/** Both sides in turn, a few messages each; the agent has the last word. */
function isConsumers(index: number, count: number): boolean {
  return (count - 1 - index) % 5 > 2;
}

function withHistory(conversation: ConversationRecord, count: number, agent: string): ConversationRecord {
  const [main] = conversation.dialogs;
  if (!main) throw new Error('the conversation has no dialog');
  const from = main.firstSequence ?? 1;
  const began = Date.now() - count * APART;
  const common = { metadata: [], audience: 'ALL' } as const;
  const events: StoredEvent[] = Array.from({ length: count }, (_, index) => ({
    ...common,
    sequence: from + index,
    at: began + index * APART,
    from: isConsumers(index, count) ? conversation.consumerId : agent,
    role: isConsumers(index, count) ? 'CONSUMER' : 'ASSIGNED_AGENT',
    event: { type: 'ContentEvent', contentType: 'text/plain', message: historyText(index) },
  }));
  const read = (reader: string, role: StoredEvent['role'], mine: boolean) => {
    const indexes = Array.from({ length: count - 1 }, (_, index) => index);
    const sequenceList = indexes.filter((index) => isConsumers(index, count) === mine).map((index) => from + index);
    const event = { type: 'AcceptStatusEvent', status: 'READ', sequenceList };
    events.push({ ...common, sequence: from + events.length, at: Date.now(), from: reader, role, event });
  };
  read(agent, 'ASSIGNED_AGENT', true);
  // All but the last: the launcher's badge tells when the history is there.
  read(conversation.consumerId, 'CONSUMER', false);
  return { ...conversation, dialogs: [{ ...main, events }] };
}

/** Services that know the consumer of `kept`, whose one conversation has `count` messages instead of those it had. */
export async function startWithHistory(kept: BrandSnapshot, count: number): Promise<Sandbox> {
  const folder = await mkdtemp(join(tmpdir(), 'attache-bench-'));
  const accounts = kept.accounts.map((account) => {
    const agent = account.users.find(({ loginName }) => loginName === 'agent@example.com');
    if (!agent) throw new Error('the sandbox knows no such agent');
    return { ...account, conversations: account.conversations.map((one) => withHistory(one, count, agent.pid)) };
  });
  await writeFile(join(folder, 'brand.json'), JSON.stringify({ ...kept, accounts }));
  const sandbox = await startSandbox({ port: 0, storePort: 0, agent: false, data: folder });
  return {
    ...sandbox,
    async close() {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
