import { WebSocket } from 'ws';
import { DEMO_PASSWORD } from '../src/sandbox/accounts.ts';
import { connectAgentClient } from '../src/sandbox/agentClient.ts';
import type { Connection, Wire } from '../src/sandbox/line.ts';
import { ACCOUNT } from './world.ts';

/** A person of the brand in the one open conversation, without a screen. */
export interface Agent {
  /** Says these texts one after the other. */
  say(...texts: string[]): Promise<void>;
  /** What anybody has said so far, oldest first: texts as they are, a file by its caption. */
  heard(): Promise<string[]>;
  leave(): void;
}

/** Signs in to the services at a port, waits for the open conversation and joins it. */
export async function agentAt(port: number): Promise<Agent> {
  const login = await fetch(`http://localhost:${port}/api/account/${ACCOUNT}/login?v=1.3`, {
    method: 'POST',
    body: JSON.stringify({ username: 'agent@example.com', password: DEMO_PASSWORD }),
  });
  const { bearer } = (await login.json()) as { bearer: string };
  const socket = new WebSocket(`ws://localhost:${port}/ws_api/account/${ACCOUNT}/messaging/brand/${bearer}?v=2.1`);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  let found = (_: string) => {};
  const conversation = new Promise<string>((resolve) => {
    found = resolve;
  });
  const client = connectAgentClient((wire) => over(socket, wire), {
    messages() {},
    conversations(changes) {
      for (const change of changes) {
        if (change.type === 'upsert' && change.conversation.open) found(change.conversation.id);
      }
    },
  });
  await client.request('.ams.aam.SubscribeExConversations', { convState: ['OPEN'] });
  const conversationId = await conversation;
  await client.request('.ams.cm.UpdateConversationField', {
    conversationId,
    conversationField: [{ field: 'ParticipantsChange', type: 'ADD', role: 'ASSIGNED_AGENT' }],
  });
  return {
    async say(...texts) {
      for (const message of texts) {
        const event = { type: 'ContentEvent', contentType: 'text/plain', message } as const;
        await client.request('.ams.ms.PublishEvent', { dialogId: conversationId, event });
      }
    },
    async heard() {
      const events = await client.request('.ams.ms.QueryMessages', { dialogId: conversationId, newerThanSequence: 0 });
      return events.flatMap(({ content }) => {
        if (content.type === 'text') return [content.text];
        return content.type === 'file' ? [content.file.caption] : [];
      });
    },
    leave: () => socket.terminate(),
  };
}

function over(socket: WebSocket, wire: Wire): Connection {
  socket.on('message', (data: Buffer) => wire.send(data.toString()));
  socket.on('close', (code, reason) => wire.close(code, reason.toString()));
  return { receive: (text) => socket.send(text), pinged() {}, closed: () => socket.close() };
}
