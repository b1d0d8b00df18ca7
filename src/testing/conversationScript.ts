import type { ReceiptStatus } from '../protocol/types.ts';
import { type Box, type BoxTab, createBox } from './box.ts';
import type { BoxAgent } from './boxAgent.ts';

/** One whole conversation, played by conditions: each side goes on when it has heard what it waits for. */
export interface Played {
  /** As the consumer reads it, with how far each own message has come. */
  readonly consumer: readonly string[];
  /** As the agent reads it, with what the consumer's receipts say of each of the brand's messages. */
  readonly agent: readonly string[];
  readonly puts: readonly string[];
  /** Frames of the consumer's first connection. */
  readonly frames: { readonly received: number; readonly sent: number };
  /** How often the consumer's connection went. */
  readonly cuts: number;
  /** Neither side waits for anything any more. */
  readonly over: boolean;
}

/** Ms between two looks of either side, and of simulated time after which a conversation counts as stuck. */
const LOOK = 100;
const PATIENCE = 600_000;

const PHOTO = () => new File(['0123456789'], 'photo.jpg', { type: 'image/jpeg' });

/** What the consumer says, each once what it answers has been read. `null` is said first. */
const CONSUMER: readonly { readonly after: string | null; say(tab: BoxTab): void }[] = [
  { after: null, say: ({ actions }) => actions.send('Hello, my lamp is broken') },
  {
    after: null,
    say({ actions }) {
      actions.attach([PHOTO()]);
      actions.send('This is it');
    },
  },
  { after: 'them: [guide.pdf]', say: ({ actions }) => actions.send('That helped, thank you') },
  { after: 'them: How was our conversation? 1 is poor, 5 is excellent.', say: ({ actions }) => actions.send('5') },
  { after: 'them: Did we answer your question?', say: ({ actions }) => actions.send('Yes') },
];

const AGENT: readonly { readonly after: string; say(agent: BoxAgent): Promise<void> }[] = [
  { after: 'consumer: This is it', say: (agent) => agent.say('I see. Here is what to do.') },
  { after: 'brand: I see. Here is what to do.', say: (agent) => agent.sendFile('guide.pdf') },
];

/** Plays it; `prepare` may put faults in force before the consumer connects. */
export async function playConversation(prepare: (box: Box) => void = () => {}): Promise<Played> {
  const box = createBox({ brand: { accounts: [{ id: '12345678', survey: true }] } });
  const agent = box.agent();
  const tab = box.tab();
  let cuts = 0;
  tab.store.subscribe(({ connection }, before) => {
    if (connection.at === 'waiting' && before.connection.at !== 'waiting') cuts += 1;
  });
  prepare(box);
  tab.actions.open();
  let frames = { received: 0, sent: 0 };
  const turns = [consumerTurn(tab), agentTurn(agent)];
  const end = box.clock.now() + PATIENCE;
  let over = false;
  while (!over && box.clock.now() < end) {
    for (const turn of turns) turn();
    await box.clock.advance(LOOK);
    if (cuts === 0) frames = { ...(box.brand.consumers()[0]?.frames ?? frames) };
    over = tab.store.getState().conversation?.open === false && tab.actions.diagnostics().pending === 0;
  }
  const played = {
    consumer: consumerView(tab),
    agent: agentView(agent),
    puts: [...box.puts],
    frames,
    cuts,
    over,
  };
  agent.leave();
  tab.actions.dispose();
  return played;
}

/** Says what is due, and sees every message once, as the panel does. */
function consumerTurn(tab: BoxTab): () => void {
  const waiting = [...CONSUMER];
  const seen = new Set<string>();
  return () => {
    const fresh = tab.store.getState().unread.filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
    if (fresh.length > 0) tab.actions.seen(fresh);
    while (waiting[0] && (waiting[0].after === null || tab.lines().includes(waiting[0].after))) {
      waiting.shift()?.say(tab);
    }
  };
}

/** Answers, says what it has received and read, and closes when everything that it said has been read. */
function agentTurn(agent: BoxAgent): () => void {
  const waiting = [...AGENT];
  const said = new Set<number>();
  let closed = false;
  return () => {
    const main = agent.events().filter(({ dialogId }) => dialogId === agent.conversation?.id);
    const fresh = main.filter(({ sequence, from, content }) => {
      const message = content.type === 'text' || content.type === 'file';
      return message && from.role === 'CONSUMER' && !said.has(sequence ?? 0);
    });
    for (const { sequence } of fresh) said.add(sequence ?? 0);
    const sequences = fresh.map(({ sequence }) => sequence ?? 0);
    if (sequences.length > 0) {
      const receipts: ReceiptStatus[] = ['ACCEPT', 'READ'];
      for (const status of receipts) void agent.receipt(status, sequences);
    }
    const lines = agent.lines();
    while (waiting[0] && lines.includes(waiting[0].after)) void waiting.shift()?.say(agent);
    if (closed || !lines.includes('consumer: That helped, thank you')) return;
    if (main.some(({ from, content, sequence }) => isUnread(agent, from.role, content.type, sequence))) return;
    closed = true;
    void agent.close();
  };
}

function isUnread(agent: BoxAgent, role: string | null, type: string, sequence: number | null): boolean {
  return role !== 'CONSUMER' && type !== 'receipt' && !receiptsFor(agent, agent.conversation?.id, sequence).has('READ');
}

/** What the consumer has said of a message: `ACCEPT`, `READ`. */
function receiptsFor(agent: BoxAgent, dialogId: string | undefined, sequence: number | null): Set<string> {
  const statuses = agent.events().flatMap(({ dialogId: at, from, content }) => {
    const covers = at === dialogId && from.role === 'CONSUMER' && content.type === 'receipt';
    return covers && content.sequences.includes(sequence ?? -1) ? [content.status] : [];
  });
  return new Set(statuses);
}

function consumerView(tab: BoxTab): string[] {
  const { transcript } = tab.store.getState();
  return tab.lines().map((line, index) => {
    const message = transcript.byId.get(transcript.ids[index] ?? '');
    return message?.delivery ? `${line} (${message.delivery.at})` : line;
  });
}

function agentView(agent: BoxAgent): string[] {
  const lines = agent.lines();
  const messages = agent.events().filter(({ content }) => content.type === 'text' || content.type === 'file');
  return messages.map(({ dialogId, sequence, from }, index) => {
    // A survey's dialog is over with its last answer; what of it has been read is nobody's business.
    if (from.role === 'CONSUMER' || dialogId !== agent.conversation?.id) return lines[index] ?? '';
    return `${lines[index]} (${receiptsFor(agent, dialogId, sequence).has('READ') ? 'read' : 'unread'})`;
  });
}
