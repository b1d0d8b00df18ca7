import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../protocol/decode.ts';
import { field } from '../protocol/read.ts';
import {
  ACCOUNT,
  carrying,
  changesOf,
  converse,
  notification,
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

async function subscribed(sub: string): Promise<Peer> {
  const peer = await sandbox.consumer(sub);
  await peer.ask('cqm.SubscribeExConversations', { convState: ['OPEN', 'CLOSE'] });
  await peer.next(notification('ExConversationChangeNotification'));
  return peer;
}

async function backlog(peer: Peer, dialogId: string, conversationId = dialogId) {
  await peer.ask('ms.SubscribeMessagingEvents', { dialogId, conversationId, fromSeq: 0 });
  return changesOf(await peer.next(notification('MessagingEventNotification')));
}

describe('a conversation that an agent begins', () => {
  const ways: [string, () => Promise<string>][] = [
    ['the sandbox', async () => sandbox.brand.startConversation(ACCOUNT, 'sought', 'Your seed has come')],
    [
      'HTTP',
      async () => {
        const authorization = `Bearer ${sandbox.brand.consumerToken(ACCOUNT, { sub: 'sought' })}`;
        const made = await sandbox.post('sandbox/conversations', { text: 'Your seed has come' }, { authorization });
        expect(made.status).toBe(201);
        return String(made.body.conversationId);
      },
    ],
    [
      "the agent's dialect",
      async () => {
        const agent = await sandbox.agent();
        const asked = { channelType: 'MESSAGING', consumerId: 'sought' };
        const { body } = await agent.ask('.ams.cm.AgentRequestConversation', asked);
        const id = String(field(body, 'conversationId'));
        await agent.ask('.ams.ms.PublishEvent', { dialogId: id, event: text('Your seed has come') });
        await agent.leave();
        return id;
      },
    ],
  ];

  it.each(ways)('[S40] through %s reaches the consumer like any other', async (_, begin) => {
    const peer = await subscribed('sought');
    const id = await begin();
    const change = await peer.next(notification('ExConversationChangeNotification'));
    expect(changesOf(change)[0]).toMatchObject({
      type: 'UPSERT',
      result: { convId: id, conversationDetails: { stage: 'OPEN', context: { type: 'ProactiveContext' } } },
    });
    const [first] = await backlog(peer, id);
    expect(first).toMatchObject({ originatorMetadata: { role: 'ASSIGNED_AGENT' }, event: text('Your seed has come') });
    expect(await publish(peer, id, text('thanks'))).toMatchObject({ code: 200, body: { sequence: 2 } });
    await peer.leave();
  });

  it('[S40] needs a consumer and a text', () => {
    expect(() => sandbox.brand.startConversation(ACCOUNT, '', 'x')).toThrow('400');
    expect(() => sandbox.brand.startConversation(ACCOUNT, 'sought', '')).toThrow('400');
    expect(() => sandbox.brand.startConversation(ACCOUNT, 'sought', 'x', 'nobody')).toThrow('no user nobody');
  });
});

describe('an invitation to co-browse', () => {
  it('[S45] is a dialog that holds no messages, and ends with the main one', async () => {
    const peer = await subscribed('browsing');
    const id = await converse(peer);
    await peer.next(notification('ExConversationChangeNotification'));
    const { body } = await sandbox.post(`sandbox/conversations/${id}/co-browse`);
    const frame = await peer.next(notification('ExConversationChangeNotification'));
    expect(field(field(changesOf(frame)[0], 'result'), 'conversationDetails')).toMatchObject({
      stage: 'OPEN',
      dialogs: [
        { dialogId: id, dialogType: 'MAIN' },
        {
          dialogId: body.dialogId,
          dialogType: 'OTHER',
          channelType: 'COBROWSE',
          state: 'OPEN',
          participants: ['browsing', `${ACCOUNT}.282467516`],
          metaData: { mode: 'shared', sessionState: 'INVITED', expires: expect.any(Number) },
        },
      ],
    });
    const event = { dialogId: body.dialogId, conversationId: id, event: text('hello?') };
    expect(await peer.ask('ms.PublishEvent', event)).toMatchObject({ code: 400 });
    const dialog = { dialogId: id, state: 'CLOSE' };
    const conversationField = { field: 'DialogChange', type: 'UPDATE', dialog };
    await peer.ask('cm.UpdateConversationField', { conversationId: id, conversationField });
    const closed = await peer.next(notification('ExConversationChangeNotification'));
    expect(field(field(changesOf(closed)[0], 'result'), 'conversationDetails')).toMatchObject({
      stage: 'CLOSE',
      dialogs: [{ state: 'CLOSE' }, { state: 'CLOSE' }],
    });
    expect(() => sandbox.brand.coBrowse(id)).toThrow('400');
    expect(() => sandbox.brand.coBrowse('nowhere')).toThrow('no conversation nowhere');
    await peer.leave();
  });
});

describe('private notes', () => {
  it('[S47] reach consumers of a careless service, marked, and a window reads nothing of them', async () => {
    const careless = await startTestSandbox({ variants: { privateNotes: 'sent' } });
    const peer = await careless.consumer();
    const id = await converse(peer);
    expect(careless.brand.note(id, 'a secret')).toBe(1);
    const live = await peer.next(carrying('ContentEvent'));
    expect(changesOf(live)[0]).toMatchObject({ messageAudience: 'AGENTS_AND_MANAGERS', event: text('a secret') });
    expect(decode(JSON.stringify(live))).toMatchObject({ kind: 'messages', events: [], skipped: 1 });
    expect(await backlog(peer, id)).toHaveLength(1);
    const made = await careless.post(`sandbox/conversations/${id}/notes`, { text: 'another' });
    expect(made).toEqual({ status: 201, body: { sequence: 2 } });
    expect((await careless.post(`sandbox/conversations/${id}/notes`)).status).toBe(400);
    await peer.leave();
    await careless.close();
  });

  it('[S10] of the sandbox do not reach consumers otherwise', async () => {
    const peer = await sandbox.consumer();
    const id = await converse(peer);
    sandbox.brand.note(id, 'a secret');
    await publish(peer, id, text('hi'));
    expect(await backlog(peer, id)).toMatchObject([{ sequence: 2 }]);
    expect(JSON.stringify(peer.frames)).not.toContain('a secret');
    await peer.leave();
  });
});

it('[S46] dialogs of an account may count from 0', async () => {
  const zero = await startTestSandbox({ accounts: [{ id: ACCOUNT, firstSequence: 0 }] });
  const peer = await zero.consumer();
  const id = await converse(peer);
  expect(await publish(peer, id, text('first'))).toMatchObject({ body: { sequence: 0 } });
  expect(await publish(peer, id, text('second'))).toMatchObject({ body: { sequence: 1 } });
  expect((await backlog(peer, id)).map(({ sequence }) => sequence)).toEqual([0]);
  await peer.leave();
  await zero.close();
});
