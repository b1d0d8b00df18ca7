import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

const ALL = { convState: ['OPEN', 'CLOSE'], stage: ['OPEN', 'CLOSE'], minLastUpdatedTime: 0 };

async function subscribed(peer: Peer): Promise<Peer> {
  await peer.ask('cqm.SubscribeExConversations', ALL);
  await peer.next(notification('ExConversationChangeNotification'));
  return peer;
}

function details(frame: Record<string, unknown>): unknown {
  return field(field(changesOf(frame)[0], 'result'), 'conversationDetails');
}

describe('conversation changes', () => {
  it('[S5] answers a subscription, then sends one notification, empty when there is nothing', async () => {
    const peer = await sandbox.consumer();
    const id = peer.send('cqm.SubscribeExConversations', ALL);
    const first = await peer.next(notification('ExConversationChangeNotification'));
    const [answer] = peer.frames.slice(-2);
    expect(answer).toMatchObject({ reqId: id, code: 200, body: { subscriptionId: expect.any(String) } });
    const subscriptionId = field(answer?.body, 'subscriptionId');
    expect(first.body).toMatchObject({ subscriptionId, changes: [] });
    await peer.leave();
  });

  it('[S6] tells every socket of the consumer, agents too, and nobody else', async () => {
    const tabs = [await subscribed(await sandbox.consumer('tabs')), await subscribed(await sandbox.consumer('tabs'))];
    const stranger = await subscribed(await sandbox.consumer());
    const agent = await sandbox.agent();
    await agent.ask('.ams.aam.SubscribeExConversations', { convState: ['OPEN'] });
    await agent.next(notification('ExConversationChangeNotification'));
    const id = await converse(tabs[0] as Peer);
    for (const peer of [...tabs, agent]) {
      const [change] = changesOf(await peer.next(notification('ExConversationChangeNotification')));
      expect(change).toMatchObject({ type: 'UPSERT', result: { convId: id } });
    }
    await stranger.ask('GetClock');
    expect(stranger.frames.filter(notification('ExConversationChangeNotification'))).toHaveLength(1);
    expect(await stranger.ask('ms.SubscribeMessagingEvents', { dialogId: id, fromSeq: 0 })).toMatchObject({
      code: 400,
    });
    await Promise.all([...tabs, stranger, agent].map((peer) => peer.leave()));
  });

  it('[S6] gives the main dialog the id of the conversation and the details a window needs', async () => {
    const peer = await subscribed(await sandbox.consumer('detailed'));
    const id = await converse(peer);
    const frame = await peer.next(notification('ExConversationChangeNotification'));
    expect(details(frame)).toMatchObject({
      brandId: ACCOUNT,
      state: 'OPEN',
      stage: 'OPEN',
      participants: [{ id: 'detailed', role: 'CONSUMER' }],
      dialogs: [{ dialogId: id, dialogType: 'MAIN', channelType: 'MESSAGING', state: 'OPEN' }],
      startTs: expect.any(Number),
      metaDataLastUpdateTs: expect.any(Number),
    });
    await peer.leave();
  });
});

describe('messages', () => {
  it('[S7] counts content and receipts together from 1, and typing not at all', async () => {
    const peer = await sandbox.consumer();
    const id = await converse(peer);
    const sequences = [];
    for (const event of [
      text('a'),
      { type: 'ChatStateEvent', chatState: 'COMPOSING' },
      { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [1] },
      text('b'),
    ]) {
      sequences.push(field((await publish(peer, id, event)).body, 'sequence'));
    }
    expect(sequences).toEqual([1, 0, 2, 3]);
    const typing = changesOf(await peer.next(carrying('ChatStateEvent')))[0];
    expect(typing).toMatchObject({ dialogId: id, event: { chatState: 'COMPOSING' } });
    expect(typing).not.toHaveProperty('sequence');
    expect(typing).not.toHaveProperty('serverTimestamp');
    await peer.leave();
  });

  it('[S7] counts each dialog on its own', async () => {
    const peer = await sandbox.consumer();
    for (const id of [await converse(peer), await converse(peer)]) {
      expect(await publish(peer, id, text('first'))).toMatchObject({ body: { sequence: 1 } });
    }
    await peer.leave();
  });

  it('[S8] sends the back-log from fromSeq on, inclusive', async () => {
    const peer = await sandbox.consumer('backlog');
    const id = await converse(peer);
    for (const message of ['one', 'two', 'three']) await publish(peer, id, text(message));
    const later = await sandbox.consumer('backlog');
    await later.ask('ms.SubscribeMessagingEvents', { fromSeq: 2, dialogId: id, conversationId: id });
    const changes = changesOf(await later.next(notification('MessagingEventNotification')));
    expect(changes.map((change) => change.sequence)).toEqual([2, 3]);
    expect(changes[0]).toMatchObject({
      originatorId: 'backlog',
      originatorMetadata: { id: 'backlog', role: 'CONSUMER' },
      conversationId: id,
      dialogId: id,
      messageAudience: 'ALL',
      event: text('two'),
    });
    await Promise.all([peer.leave(), later.leave()]);
  });

  it('[S8] splits a long back-log, so that no frame is refused for its length', async () => {
    const peer = await sandbox.consumer();
    const id = await converse(peer);
    const preview = `data:image/jpeg;base64,${'A'.repeat(29_000)}`;
    const file = { caption: 'c', relativePath: '/v1/x', fileType: 'JPG', preview };
    for (let count = 0; count < 20; count++) {
      await publish(peer, id, { type: 'ContentEvent', contentType: 'hosted/file', message: file });
    }
    const before = peer.frames.length;
    await peer.ask('ms.SubscribeMessagingEvents', { fromSeq: 0, dialogId: id, conversationId: id });
    await peer.ask('GetClock');
    const frames = peer.frames.slice(before).filter(carrying());
    expect(frames.length).toBeGreaterThan(1);
    expect(frames.flatMap(changesOf).map((change) => change.sequence)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    expect(Math.max(...frames.map((frame) => JSON.stringify(frame).length))).toBeLessThan(300_000);
    await peer.leave();
  });

  it('[S9] echoes to the publisher after the answer, metadata and all, and before it by fault', async () => {
    const peer = await sandbox.consumer();
    const id = await converse(peer);
    const metadata = [{ type: 'ExternalId', id: 'mine-1' }];
    const order = async () => {
      const before = peer.frames.length;
      await publish(peer, id, text('hi'), { metadata });
      await peer.next(carrying('ContentEvent'));
      return peer.frames.slice(before);
    };
    const usual = await order();
    expect(usual.map((frame) => frame.kind)).toEqual(['resp', 'notification']);
    expect(changesOf(usual[1] ?? {})[0]).toMatchObject({ sequence: 1, metadata, event: text('hi') });
    sandbox.brand.faults.echo = 'before';
    expect((await order()).map((frame) => frame.kind)).toEqual(['notification', 'resp']);
    sandbox.brand.faults.echo = 'after';
    await peer.leave();
  });

  it('[S9] accepts a dialog named by conversationId alone or dialogId alone', async () => {
    const peer = await sandbox.consumer();
    const id = await converse(peer);
    expect(await peer.ask('ms.PublishEvent', { dialogId: id, event: text('a') })).toMatchObject({ code: 200 });
    expect(await peer.ask('ms.PublishEvent', { conversationId: id, event: text('a') })).toMatchObject({ code: 200 });
    await peer.leave();
  });

  it.each([
    ['no event', undefined],
    ['an unknown event', { type: 'Unheard' }],
    ['an empty text', text('')],
    ['a file without a path', { type: 'ContentEvent', contentType: 'hosted/file', message: { fileType: 'PNG' } }],
    [
      'a preview above 30 KB',
      {
        type: 'ContentEvent',
        contentType: 'hosted/file',
        message: { relativePath: '/v1/x', fileType: 'PNG', preview: 'x'.repeat(30_721) },
      },
    ],
    ['a receipt for nothing', { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [] }],
  ])('[S9] refuses %s and stores nothing', async (_, event) => {
    const peer = await sandbox.consumer();
    const id = await converse(peer);
    expect(await peer.ask('ms.PublishEvent', { dialogId: id, event })).toMatchObject({ code: 400 });
    expect(await publish(peer, id, text('next'))).toMatchObject({ body: { sequence: 1 } });
    await peer.leave();
  });

  it('[S10] keeps private notes from consumers: live, in the back-log and as last message', async () => {
    const peer = await subscribed(await sandbox.consumer('watched'));
    const id = await converse(peer);
    const agent = await sandbox.agent();
    await agent.ask('.ams.cm.UpdateConversationField', {
      conversationId: id,
      conversationField: [{ field: 'ParticipantsChange', type: 'ADD', role: 'ASSIGNED_AGENT' }],
    });
    const note = { dialogId: id, event: text('a secret'), messageAudience: 'AGENTS_AND_MANAGERS' };
    expect(await agent.ask('.ams.ms.PublishEvent', note)).toMatchObject({ code: 200 });
    await agent.next(notification('OnlineEventDistribution'));
    await peer.ask('ms.SubscribeMessagingEvents', { fromSeq: 0, dialogId: id });
    await agent.ask('.ams.cm.UpdateConversationField', {
      conversationId: id,
      conversationField: [{ field: 'TTRField', ttrType: 'URGENT', value: 60 }],
    });
    await peer.ask('GetClock');
    expect(JSON.stringify(peer.frames)).toContain('URGENT');
    expect(JSON.stringify(peer.frames)).not.toContain('a secret');
    await Promise.all([peer.leave(), agent.leave()]);
  });
});
