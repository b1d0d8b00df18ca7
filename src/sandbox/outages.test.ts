import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createBrand } from './brand.ts';
import { inMemorySockets } from './inMemory.ts';
import type { Wire } from './line.ts';
import { manualClock } from './manualClock.ts';
import { ACCOUNT, converse, greet, notification, publish, startTestSandbox, text } from './peer.ts';
import { ANSWERS } from './scriptedWords.ts';

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox({ agent: { pace: 0 } });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.brand.inject({ fault: 'none' }, { on: 'all' }));

function newest() {
  const link = sandbox.brand.consumers().at(-1);
  if (!link) throw new Error('nobody is connected');
  return link;
}

const CLOCK = '{"kind":"req","id":"1","type":"GetClock"}';

/** A consumer's connection in memory, under a clock that stands still. */
function inMemory() {
  const clock = manualClock();
  const brand = createBrand({ clock });
  const sent: string[] = [];
  const ends: number[] = [];
  const wire: Wire = { send: (frame) => sent.push(frame), close: (code) => ends.push(code) };
  const connection = brand.connectConsumer(ACCOUNT, wire, brand.consumerToken(ACCOUNT, { sub: 'me' }));
  const [link] = brand.consumers();
  if (!connection || !link) throw new Error('no connection');
  return { clock, brand, sent, ends, connection, link };
}

describe('delay', () => {
  it('[S33] lets everything come later', () => {
    const { clock, sent, connection, link } = inMemory();
    link.inject({ fault: 'delay', ms: 500 });
    connection.receive(CLOCK);
    clock.advance(499);
    expect(sent).toEqual([]);
    clock.advance(1);
    expect(sent).toHaveLength(1);
  });

  it('[S33] lets go of a notification held back when no other comes', () => {
    const { clock, sent, connection, link } = inMemory();
    link.inject({ fault: 'reorder', stream: 'conversations' });
    connection.receive('{"kind":"req","id":"1","type":"cqm.SubscribeExConversations","body":{}}');
    expect(sent).toHaveLength(1);
    clock.advance(2_000);
    expect(sent).toHaveLength(2);
  });
});

describe('silence', () => {
  it('[S36] swallows everything both ways, leaves the socket open and others alone, and never recovers', async () => {
    const [peer, other] = [await sandbox.consumer('silenced'), await sandbox.consumer('silenced')];
    const id = await converse(peer);
    const [link] = sandbox.brand.consumers();
    link?.inject({ fault: 'silence' });
    const [frames, requests] = [peer.frames.length, sandbox.brand.requests.length];
    peer.send('KeepAlive');
    await publish(other, id, text('unheard'));
    link?.inject({ fault: 'none' });
    peer.send('KeepAlive');
    expect(await other.ask('GetClock')).toMatchObject({ code: 200 });
    expect(peer.frames).toHaveLength(frames);
    expect(sandbox.brand.requests.slice(requests).map(({ type }) => type)).not.toContain('KeepAlive');
    link?.end(1006);
    expect((await peer.closed).code).toBe(1006);
    await other.leave();
  });

  it('[S36] makes connections to come silent from their first frame on', async () => {
    sandbox.brand.inject({ fault: 'silence' }, { on: 'next' });
    const peer = await sandbox.strange();
    void greet(peer, sandbox.brand.consumerToken(ACCOUNT));
    const other = await sandbox.consumer();
    await other.ask('GetClock');
    expect(peer.frames).toEqual([]);
    expect(sandbox.brand.consumers()[0]?.frames).toEqual({ received: 0, sent: 0 });
    sandbox.brand.endConsumers(1012);
    expect((await peer.closed).code).toBe(1012);
    expect((await other.closed).code).toBe(1012);
  });

  it('[S36] answers no closing either, and can still be ended', async () => {
    const peer = await sandbox.consumer('leaving');
    newest().inject({ fault: 'silence' });
    let closed = false;
    void peer.closed.then(() => {
      closed = true;
    });
    void peer.leave();
    const other = await sandbox.consumer();
    await other.ask('GetClock');
    expect(closed).toBe(false);
    sandbox.brand
      .consumers()
      .find(({ consumer }) => consumer === 'leaving')
      ?.end(1006);
    await peer.closed;
    await other.leave();
  });

  it('[S36] the service gives a silent socket up unheard', () => {
    const { clock, brand, ends, link, connection } = inMemory();
    link.inject({ fault: 'silence' });
    clock.advance(30_000);
    connection.receive(CLOCK);
    clock.advance(30_000);
    expect(brand.consumers()).toEqual([]);
    expect(ends).toEqual([]);
  });

  it('[S36] in memory, the closing of a silent socket comes to no end either', async () => {
    const brand = createBrand();
    const seen: (string | number)[] = [];
    const url = `wss://brand.example/ws_api/account/${ACCOUNT}/messaging/consumer?v=3`;
    const socket = inMemorySockets(brand)(url, {
      opened: () => seen.push('opened'),
      received: () => seen.push('received'),
      closed: (code) => seen.push(code),
    });
    const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
    await settled();
    brand.inject({ fault: 'silence' });
    socket.close(1000, '');
    await settled();
    expect(seen).toEqual(['opened']);
    brand.endConsumers(1006);
    await settled();
    expect(seen).toEqual(['opened', 1006]);
  });
});

describe('ends', () => {
  it.each([1001, 1006, 1008, 1011, 1012, 1013, 4401, 4407])('[S37] closes with %i', async (code) => {
    const peer = await sandbox.consumer();
    newest().inject({ fault: 'close', code });
    expect((await peer.closed).code).toBe(code);
  });

  it('[S37] restarts: 1012 for everybody, 503 while it lasts, and the scripted agent is there again', async () => {
    const [peer, agent] = [await sandbox.consumer('restarted'), await sandbox.agent()];
    const id = await converse(peer);
    sandbox.brand.inject({ fault: 'restart', ms: 600_000 });
    expect((await peer.closed).code).toBe(1012);
    expect((await agent.closed).code).toBe(1012);
    await expect(sandbox.strange()).rejects.toThrow('503');
    await expect(sandbox.agent()).rejects.toThrow('503');
    expect((await sandbox.post('signup')).status).toBe(200);
    sandbox.brand.inject({ fault: 'none' }, { on: 'all' });
    const again = await sandbox.consumer('restarted');
    await again.ask('ms.SubscribeMessagingEvents', { dialogId: id, fromSeq: 0 });
    await publish(again, id, text('still there?'));
    await again.next((frame) => JSON.stringify(frame).includes(JSON.stringify(ANSWERS[0])));
    await again.leave();
  });

  it('[S37] takes connections again when the restart is over', () => {
    const { clock, brand, ends } = inMemory();
    brand.inject({ fault: 'restart', ms: 5_000 });
    const wire: Wire = { send: () => {}, close: () => {} };
    expect(ends).toEqual([1012]);
    expect(brand.connectConsumer(ACCOUNT, wire)).toBeNull();
    clock.advance(5_000);
    expect(brand.connectConsumer(ACCOUNT, wire)).not.toBeNull();
  });
});

describe('forget', () => {
  let service: Awaited<ReturnType<typeof startTestSandbox>>;
  beforeAll(async () => {
    service = await startTestSandbox({ agent: false });
  });
  afterAll(() => service.close());

  it('[S48] loses the newest events and gives their numbers away again', async () => {
    const peer = await service.consumer('forgotten');
    const id = await converse(peer);
    for (const words of ['one', 'two', 'three']) await publish(peer, id, text(words));
    await service.post('sandbox/faults', { fault: 'forget', events: 2 });
    expect((await peer.closed).code).toBe(1012);
    const again = await service.consumer('forgotten');
    expect(await publish(again, id, text('four'))).toMatchObject({ code: 200, body: { sequence: 2 } });
    await again.ask('ms.SubscribeMessagingEvents', { dialogId: id, fromSeq: 0 });
    await again.ask('GetClock');
    const heard = JSON.stringify(again.frames.filter(notification('MessagingEventNotification')));
    expect(heard.match(/one|two|three|four/g)).toEqual(['one', 'four']);
    await again.leave();
  });

  it('[S48] loses open conversations', async () => {
    const peer = await service.consumer('forgotten whole');
    const id = await converse(peer);
    await service.post('sandbox/faults', { fault: 'forget' });
    expect((await peer.closed).code).toBe(1012);
    const again = await service.consumer('forgotten whole');
    expect((await again.ask('ms.SubscribeMessagingEvents', { dialogId: id, fromSeq: 0 })).code).toBe(400);
    await again.leave();
  });
});

describe('over HTTP', () => {
  it('[S38] puts the same faults in force on a running sandbox, and shows its connections', async () => {
    const [peer, other] = [await sandbox.consumer('controlled'), await sandbox.consumer('bystander')];
    const made = await sandbox.post('sandbox/faults', { fault: 'throttle', requests: 1, consumer: 'controlled' });
    expect(made).toEqual({ status: 200, body: { connections: 1 } });
    expect(await other.ask('GetClock')).toMatchObject({ code: 200 });
    expect(await peer.ask('GetClock')).toMatchObject({ code: 429 });
    const shown = await fetch(`${sandbox.http}/api/account/${ACCOUNT}/sandbox/consumers`);
    expect(await shown.json()).toEqual({
      consumers: [
        { consumer: 'controlled', frames: { received: 2, sent: 2 } },
        { consumer: 'bystander', frames: { received: 2, sent: 2 } },
      ],
    });
    await sandbox.post('sandbox/faults', { fault: 'duplicate', on: 'all' });
    await peer.ask('cqm.SubscribeExConversations', {});
    await peer.ask('GetClock');
    expect(peer.frames.filter(notification('ExConversationChangeNotification'))).toHaveLength(2);
    await Promise.all([peer.leave(), other.leave()]);
  });

  it.each([
    [{}, 'Unknown fault'],
    [{ fault: 'flood' }, 'Unknown fault flood'],
    [{ fault: 'delay' }, 'ms must be a whole number'],
    [{ fault: 'delay', ms: -1 }, 'ms must be a whole number'],
    [{ fault: 'drop-after-frames', frames: 1, direction: 'up' }, 'direction must be one of received, sent'],
    [{ fault: 'forget', events: 0 }, 'events must be a whole number'],
    [{ fault: 'echo' }, 'order must be one of before, after'],
    [{ fault: 'reorder', stream: 'x' }, 'stream must be one of conversations, messages'],
    [{ fault: 'busy', requests: 1, code: 404 }, 'code must be a whole number'],
    [{ fault: 'close', code: 1005 }, 'cannot be closed with 1005'],
    [{ fault: 'close', code: 1001, on: 'next' }, 'close needs on: open'],
    [{ fault: 'silence', on: 'never' }, 'on must be one of open, next, all'],
    [[], 'A fault is an object'],
  ])('[S38] refuses %j', async (body, complaint) => {
    const { status, body: answer } = await sandbox.post('sandbox/faults', body);
    expect(status).toBe(400);
    expect(answer.error).toContain(complaint);
  });
});
