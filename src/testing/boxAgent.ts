import type { AgentEvent } from '../protocol/agent.ts';
import { failureOf } from '../protocol/failure.ts';
import type { PublishedEvent } from '../protocol/methods.ts';
import type { Conversation, ReceiptStatus } from '../protocol/types.ts';
import { DEMO_PASSWORD } from '../sandbox/accounts.ts';
import { connectAgentClient } from '../sandbox/agentClient.ts';
import type { Brand } from '../sandbox/brand.ts';

/** An agent at a desk: takes every conversation and hears all of it. What it says goes to the newest conversation. */
export interface BoxAgent {
  readonly conversation: Conversation | null;
  /** Everything heard, receipts included, by dialog and sequence; each once. */
  events(): readonly AgentEvent[];
  /** Messages as a reader sees them: `consumer: hello`, `brand: [plan.pdf]`. */
  lines(): string[];
  say(text: string): Promise<void>;
  /** Uploads a small document and publishes it under this name. */
  sendFile(name: string): Promise<void>;
  receipt(status: ReceiptStatus, sequences: readonly number[]): Promise<void>;
  /** Closes the main dialog, so that a survey may follow. */
  close(): Promise<void>;
  leave(): void;
}

export function boxAgent(brand: Brand, account: string, stored: Map<string, Blob>): BoxAgent {
  const bearer = brand.signIn(account, 'agent@example.com', DEMO_PASSWORD) ?? '';
  const heard = new Map<string, AgentEvent>();
  const followed = new Set<string>();
  const joined = new Set<string>();
  const order: string[] = [];
  let conversation: Conversation | null = null;

  const client = connectAgentClient((wire) => brand.connectAgent(account, bearer, wire, true), {
    messages: note,
    conversations(changes) {
      for (const change of changes) if (change.type === 'upsert') void take(change.conversation);
    },
  });
  void client.request('.ams.aam.SubscribeExConversations', { convState: ['OPEN', 'CLOSE'], stage: ['OPEN', 'CLOSE'] });

  function note(events: readonly AgentEvent[]): void {
    for (const event of events) {
      if (event.sequence === null) continue;
      if (!order.includes(event.dialogId)) order.push(event.dialogId);
      heard.set(`${event.dialogId}/${event.sequence}`, event);
    }
  }

  async function take(next: Conversation): Promise<void> {
    if (!conversation || next.startedAt >= conversation.startedAt) conversation = next;
    if (next.open && !joined.has(next.id)) {
      joined.add(next.id);
      const field = { field: 'ParticipantsChange', type: 'ADD', role: 'ASSIGNED_AGENT' } as const;
      await client.request('.ams.cm.UpdateConversationField', { conversationId: next.id, conversationField: [field] });
    }
    for (const { id } of next.dialogs) {
      if (followed.has(id)) continue;
      followed.add(id);
      note(await client.request('.ams.ms.QueryMessages', { dialogId: id, newerThanSequence: -1 }));
    }
  }

  async function publish(event: PublishedEvent): Promise<void> {
    const dialog = conversation?.dialogs.findLast(({ open, type }) => open && type === 'MAIN');
    if (!conversation || !dialog) return;
    const place = { dialogId: dialog.id, conversationId: conversation.id };
    try {
      await client.request('.ams.ms.PublishEvent', { ...place, event });
    } catch (error) {
      // Closed by the consumer a moment ago.
      if (failureOf(error).kind !== 'refused') throw error;
    }
  }

  function events(): readonly AgentEvent[] {
    const place = (event: AgentEvent) => order.indexOf(event.dialogId);
    return [...heard.values()].sort((a, b) => place(a) - place(b) || (a.sequence ?? 0) - (b.sequence ?? 0));
  }

  return {
    get conversation() {
      return conversation;
    },
    events,
    lines: () => events().flatMap(lineOf),
    say: (message) => publish({ type: 'ContentEvent', contentType: 'text/plain', message }),
    async sendFile(name) {
      const to = await client.request('.ams.ms.GenerateURLForUploadFile', { fileSize: 4, fileType: 'PDF' });
      stored.set(to.relativePath, new Blob(['%PDF']));
      const message = { caption: name, relativePath: to.relativePath, fileType: 'PDF' };
      await publish({ type: 'ContentEvent', contentType: 'hosted/file', message });
    },
    receipt: (status, sequences) => publish({ type: 'AcceptStatusEvent', status, sequenceList: [...sequences] }),
    async close() {
      const dialog = conversation?.dialogs.find(({ open, type }) => open && type === 'MAIN');
      if (!conversation || !dialog) return;
      const field = { dialogId: dialog.id, state: 'CLOSE', closedCause: 'Done' } as const;
      await client.request('.ams.cm.UpdateConversationField', {
        conversationId: conversation.id,
        conversationField: [{ field: 'DialogChange', type: 'UPDATE', dialog: field }],
      });
    },
    leave: () => client.close(),
  };
}

function lineOf({ from, content }: AgentEvent): string[] {
  const who = from.role === 'CONSUMER' ? 'consumer' : 'brand';
  if (content.type === 'text') return [`${who}: ${content.text}`];
  return content.type === 'file' ? [`${who}: [${content.file.caption}]`] : [];
}
