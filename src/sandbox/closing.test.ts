import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { field } from '../protocol/read.ts';
import {
  ACCOUNT,
  changesOf,
  converse,
  notification,
  openPeer,
  type Peer,
  publish,
  startTestSandbox,
  text,
} from './peer.ts';

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const ALL = { convState: ['OPEN', 'CLOSE'], stage: ['OPEN', 'CLOSE'], minLastUpdatedTime: 0 };

async function subscribed(peer: Peer): Promise<Peer> {
  await peer.ask('cqm.SubscribeExConversations', ALL);
  await peer.next(notification('ExConversationChangeNotification'));
  return peer;
}

function details(frame: Record<string, unknown>): unknown {
  return field(field(changesOf(frame)[0], 'result'), 'conversationDetails');
}

describe('closing', () => {
  const ways = (id: string): [string, unknown][] => [
    [
      'DialogChange',
      { field: 'DialogChange', type: 'UPDATE', dialog: { dialogId: id, state: 'CLOSE', closedCause: 'done' } },
    ],
    ['Stage', { field: 'Stage', conversationState: 'CLOSE' }],
    ['ConversationStateField', { field: 'ConversationStateField', conversationState: 'CLOSE' }],
  ];

  it.each([
    [0, 'bare'],
    [0, 'list'],
    [1, 'bare'],
    [1, 'list'],
    [2, 'bare'],
    [2, 'list'],
  ] as const)('[S11] closes by way %i, field as %s, and refuses what comes after', async (way, form) => {
    const peer = await subscribed(await sandbox.consumer());
    const id = await converse(peer);
    await peer.next(notification('ExConversationChangeNotification'));
    const field = ways(id)[way]?.[1];
    const change = { conversationId: id, conversationField: form === 'list' ? [field] : field };
    const answer = await peer.ask('cm.UpdateConversationField', change);
    expect(answer).toMatchObject({ code: 200, type: 'StringResponse', body: expect.stringMatching(/^OK /) });
    expect(details(await peer.next(notification('ExConversationChangeNotification')))).toMatchObject({
      state: 'CLOSE',
      stage: 'CLOSE',
      closeReason: 'CONSUMER',
      dialogs: [{ state: 'CLOSE', closedBy: 'CONSUMER' }],
    });
    expect(await publish(peer, id, text('late'))).toMatchObject({ code: 400 });
    expect(await peer.ask('cm.UpdateConversationField', change)).toMatchObject({ code: 400 });
    await peer.leave();
  });

  it('[S29] takes a closed conversation back from a subscription to open ones', async () => {
    const peer = await sandbox.consumer();
    await peer.ask('cqm.SubscribeExConversations', { convState: ['OPEN'] });
    const id = await converse(peer);
    await peer.ask('cm.UpdateConversationField', {
      conversationId: id,
      conversationField: { field: 'Stage', conversationState: 'CLOSE' },
    });
    const last = await peer.next((frame) => changesOf(frame)[0]?.type === 'DELETE');
    expect(changesOf(last)[0]).toMatchObject({ type: 'DELETE', result: { convId: id } });
    await peer.leave();
  });
});

it('[S28] makes a conversation in advance, which a reader sees like any other', async () => {
  const token = sandbox.brand.consumerToken(ACCOUNT, { sub: 'reader' });
  const bearer = { authorization: `Bearer ${token}` };
  const made = await sandbox.post('sandbox/conversations', { messages: 1000 }, bearer);
  expect(made.status).toBe(201);
  const id = String(made.body.conversationId);
  const peer = await openPeer(`ws://localhost:${sandbox.port}/ws_api/account/${ACCOUNT}/messaging/consumer?v=3`, {
    authorization: `jwt ${token}`,
  });
  await peer.ask('ms.SubscribeMessagingEvents', { fromSeq: 0, dialogId: id, conversationId: id });
  await peer.ask('GetClock');
  const contents = peer.frames
    .flatMap(changesOf)
    .map((change) => field(change.event, 'message'))
    .filter((message) => message !== undefined);
  expect(contents).toHaveLength(1000);
  expect(contents[0]).toMatch(/^message #0 /);
  expect(contents[999]).toMatch(/^message #999 /);
  expect((await sandbox.post('sandbox/conversations', { messages: 1 })).status).toBe(401);
  expect((await sandbox.post('sandbox/conversations', { messages: 1e9 }, bearer)).status).toBe(400);
  await peer.leave();
});
