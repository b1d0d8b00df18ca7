import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { field } from '../protocol/read.ts';
import {
  ACCOUNT,
  carrying,
  changesOf,
  converse,
  greet,
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
afterEach(() => sandbox.brand.inject({ fault: 'none' }, { on: 'all' }));

/** The sandbox's view of the newest connection. */
function newest() {
  const link = sandbox.brand.consumers().at(-1);
  if (!link) throw new Error('nobody is connected');
  return link;
}

const said = (peer: Peer) =>
  peer.frames.flatMap(changesOf).map((change) => field(change.event, 'message') ?? field(change.event, 'type'));

describe('cuts', () => {
  it.each([1, 2, 3])('[S31] takes %i frames and loses the next request with the connection', async (frames) => {
    sandbox.brand.inject({ fault: 'drop-after-frames', frames, direction: 'received' }, { on: 'next' });
    const before = sandbox.brand.requests.length;
    const peer = await sandbox.consumer();
    const answered =
      1 + (await Promise.all([2, 3].filter((nth) => nth <= frames).map(() => peer.ask('GetClock')))).length;
    peer.send('cm.ConsumerRequestConversation', {});
    expect((await peer.closed).code).toBe(1006);
    expect(answered).toBe(frames);
    expect(sandbox.brand.requests.slice(before).map(({ type }) => type)).not.toContain(
      'cm.ConsumerRequestConversation',
    );
  });

  it.each([1, 2, 3])('[S31] sends %i frames and loses the next one, whose deed is done', async (frames) => {
    sandbox.brand.inject({ fault: 'drop-after-frames', frames, direction: 'sent' }, { on: 'next' });
    const peer = await sandbox.consumer(`cut ${frames}`);
    for (let sent = 1; sent < frames; sent++) await peer.ask('GetClock');
    peer.send('cm.ConsumerRequestConversation', {});
    expect((await peer.closed).code).toBe(1006);
    expect(peer.frames).toHaveLength(frames);
    const again = await sandbox.consumer(`cut ${frames}`);
    await again.ask('cqm.SubscribeExConversations', {});
    expect(changesOf(await again.next(notification('ExConversationChangeNotification')))).toHaveLength(1);
    await again.leave();
  });

  it('[S31] counts frames of each connection, and cuts only the one that was asked for', async () => {
    const [one, other] = [await sandbox.consumer('one'), await sandbox.consumer('other')];
    await other.ask('GetClock');
    expect(sandbox.brand.consumers().map(({ consumer, frames }) => [consumer, frames.received, frames.sent])).toEqual([
      ['one', 1, 1],
      ['other', 2, 2],
    ]);
    const fault = { fault: 'drop-after-frames', frames: 1, direction: 'received' } as const;
    expect(sandbox.brand.inject(fault, { consumer: 'one' })).toBe(1);
    one.send('GetClock');
    expect((await one.closed).code).toBe(1006);
    expect(await other.ask('GetClock')).toMatchObject({ code: 200 });
    await other.leave();
  });
});

describe('losses', () => {
  it('[S32] does the deed and loses the answer, so many times, for one type of request', async () => {
    const peer = await sandbox.consumer();
    const id = await converse(peer);
    newest().inject({ fault: 'lose-answer', type: 'ms.PublishEvent', times: 2 });
    const event = { dialogId: id, conversationId: id, event: text('hi') };
    const lost = [peer.send('ms.PublishEvent', event), peer.send('ms.PublishEvent', event)];
    expect(await peer.ask('GetClock')).toMatchObject({ code: 200 });
    expect(await peer.ask('ms.PublishEvent', event)).toMatchObject({ body: { sequence: 3 } });
    expect(peer.frames.filter(({ reqId }) => lost.includes(String(reqId)))).toEqual([]);
    await peer.leave();
  });

  it('[S32] loses the request itself: no deed, no answer', async () => {
    const peer = await sandbox.consumer();
    const id = await converse(peer);
    newest().inject({ fault: 'lose-request' });
    const lost = peer.send('ms.PublishEvent', { dialogId: id, event: text('hi') });
    expect(await publish(peer, id, text('ho'))).toMatchObject({ body: { sequence: 1 } });
    expect(peer.frames.filter(({ reqId }) => reqId === lost)).toEqual([]);
    await peer.leave();
  });
});

describe('order and copies', () => {
  it('[S33] sends every notification so many times', async () => {
    const peer = await sandbox.consumer();
    await peer.ask('cqm.SubscribeExConversations', {});
    newest().inject({ fault: 'duplicate', copies: 3 });
    const id = await converse(peer);
    await publish(peer, id, text('hi'));
    await peer.ask('GetClock');
    expect(said(peer).filter((one) => one === 'hi')).toHaveLength(3);
    const changes = peer.frames.filter(notification('ExConversationChangeNotification')).flatMap(changesOf);
    expect(changes).toHaveLength(3);
    await peer.leave();
  });

  it('[S33] holds a message back until after the next one, once', async () => {
    const peer = await sandbox.consumer();
    const id = await converse(peer);
    newest().inject({ fault: 'reorder', stream: 'messages' });
    for (const message of ['a', 'b', 'c']) await publish(peer, id, text(message));
    await peer.ask('GetClock');
    expect(said(peer)).toEqual(['b', 'a', 'c']);
    await peer.leave();
  });

  it('[S33] holds a change of a conversation back until after the next one', async () => {
    const peer = await sandbox.consumer();
    await peer.ask('cqm.SubscribeExConversations', {});
    await peer.next(notification('ExConversationChangeNotification'));
    const id = await converse(peer);
    newest().inject({ fault: 'reorder', stream: 'conversations' });
    for (const value of [1, 2]) {
      const field = { field: 'TTRField', ttrType: 'URGENT', value };
      await peer.ask('cm.UpdateConversationField', { conversationId: id, conversationField: field });
    }
    await peer.ask('GetClock');
    const times = peer.frames
      .filter(notification('ExConversationChangeNotification'))
      .flatMap(changesOf)
      .map((change) => field(field(field(field(change, 'result'), 'conversationDetails'), 'ttr'), 'value'));
    expect(times).toEqual([3600, 2, 1]);
    await peer.leave();
  });

  it('[S33] puts the echo first on one connection and not on another', async () => {
    const [one, other] = [await sandbox.consumer(), await sandbox.consumer()];
    newest().inject({ fault: 'echo', order: 'before' });
    for (const [peer, kinds] of [
      [one, ['resp', 'notification']],
      [other, ['notification', 'resp']],
    ] as const) {
      const id = await converse(peer);
      const before = peer.frames.length;
      await publish(peer, id, text('hi'));
      await peer.next(carrying('ContentEvent'));
      expect(peer.frames.slice(before).map(({ kind }) => kind)).toEqual(kinds);
      await peer.leave();
    }
  });
});

describe('refusals', () => {
  it('[S34] answers the next requests 429, then 5xx, and does not carry them out', async () => {
    const peer = await sandbox.consumer();
    const id = await converse(peer);
    newest().inject({ fault: 'throttle', requests: 2 });
    newest().inject({ fault: 'busy', requests: 1 });
    newest().inject({ fault: 'busy', requests: 1, code: 500 });
    const codes = [];
    for (let count = 0; count < 4; count++) codes.push((await publish(peer, id, text('hi'))).code);
    expect(codes).toEqual([429, 429, 503, 500]);
    expect(await publish(peer, id, text('hi'))).toMatchObject({ code: 200, body: { sequence: 1 } });
    await peer.leave();
  });

  it.each([
    [4407, {}],
    [4401, { brandSub: 'jo' }],
  ])('[S35] ends an identity with %i, and refuses its token from then on', async (code, person) => {
    const token = sandbox.brand.consumerToken(ACCOUNT, person);
    const renewed = sandbox.brand.consumerToken(ACCOUNT, person);
    const peer = await sandbox.strange();
    await greet(peer, token);
    newest().inject({ fault: 'expire' });
    expect((await peer.closed).code).toBe(code);
    const again = await sandbox.strange();
    void greet(again, token);
    expect((await again.closed).code).toBe(code);
    const better = await sandbox.strange();
    expect(await greet(better, renewed)).toMatchObject({ code: 200 });
    await better.leave();
  });
});
