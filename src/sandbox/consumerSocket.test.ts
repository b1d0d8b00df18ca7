import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrand } from './brand.ts';
import type { Wire } from './line.ts';
import { manualClock } from './manualClock.ts';
import { ACCOUNT, changesOf, greet, notification, openPeer, startTestSandbox } from './peer.ts';

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

/** A socket in memory, under a clock that tests move. */
function underManualClock() {
  const clock = manualClock();
  const brand = createBrand({ clock });
  const ends: { code: number; reason: string }[] = [];
  const wire: Wire = { send: () => {}, close: (code, reason) => ends.push({ code, reason }) };
  const connect = (jwt: string | null = null) => {
    const connection = brand.connectConsumer(ACCOUNT, wire, jwt);
    if (!connection) throw new Error('no account');
    return connection;
  };
  return { clock, brand, ends, connect };
}

describe('the greeting', () => {
  it('[S1] refuses a request before InitConnection and serves it afterwards', async () => {
    const peer = await sandbox.strange();
    expect(await peer.ask('GetClock')).toMatchObject({ code: 400 });
    expect(await greet(peer, sandbox.brand.consumerToken(ACCOUNT))).toMatchObject({ kind: 'resp', code: 200 });
    expect(await peer.ask('GetClock')).toMatchObject({ code: 200, body: { currentTime: expect.any(Number) } });
    await peer.leave();
  });

  it('[S1] refuses what was sent after InitConnection but before its answer', async () => {
    const peer = await sandbox.strange();
    sandbox.brand.faults.delay = 30;
    const greeted = greet(peer, sandbox.brand.consumerToken(ACCOUNT));
    const early = peer.ask('GetClock');
    expect(await greeted).toMatchObject({ code: 200 });
    expect(await early).toMatchObject({ code: 400 });
    sandbox.brand.faults.delay = 0;
    await peer.leave();
  });

  it('[S2] closes a socket that has not greeted for 5 s', () => {
    const { clock, ends, connect } = underManualClock();
    connect();
    clock.advance(4_999);
    expect(ends).toEqual([]);
    clock.advance(1);
    expect(ends).toEqual([{ code: 1008, reason: 'InitConnection was not received' }]);
  });

  it('[S3] closes a socket after 60 s of silence; frames and pings break it', () => {
    const { clock, brand, ends, connect } = underManualClock();
    const connection = connect(brand.consumerToken(ACCOUNT));
    clock.advance(50_000);
    connection.receive('{"kind":"req","id":"1","type":"GetClock"}');
    clock.advance(50_000);
    connection.pinged();
    clock.advance(59_999);
    expect(ends).toEqual([]);
    clock.advance(1);
    expect(ends).toMatchObject([{ code: 1001 }]);
  });

  it('takes a token in the Authorization header instead of InitConnection', async () => {
    const url = `ws://localhost:${sandbox.port}/ws_api/account/${ACCOUNT}/messaging/consumer?v=3`;
    const peer = await openPeer(url, { authorization: `jwt ${sandbox.brand.consumerToken(ACCOUNT)}` });
    expect(await peer.ask('GetClock')).toMatchObject({ code: 200 });
    await peer.leave();
  });
});

describe('identity', () => {
  it.each([
    ['an expired unauthenticated token', 4407, () => sandbox.brand.consumerToken(ACCOUNT, { life: -1 })],
    ['an expired authenticated token', 4401, () => sandbox.brand.consumerToken(ACCOUNT, { life: -1, brandSub: 'jo' })],
    ['a forged unauthenticated token', 4407, () => `${sandbox.brand.consumerToken(ACCOUNT).slice(0, -4)}AAAA`],
    ['no token', 4401, () => ''],
  ])('[S4] %s closes the socket with %i', async (_, code, jwt) => {
    const peer = await sandbox.strange();
    void greet(peer, jwt());
    expect((await peer.closed).code).toBe(code);
  });

  it('[S4] a token that expires in use closes the socket', () => {
    const { clock, brand, ends, connect } = underManualClock();
    const connection = connect(brand.consumerToken(ACCOUNT, { life: 90 }));
    clock.advance(45_000);
    connection.pinged();
    clock.advance(45_000);
    expect(ends).toEqual([{ code: 4407, reason: 'identity token has expired' }]);
  });

  it('closes a socket of an unknown account', async () => {
    const peer = await openPeer(`ws://localhost:${sandbox.port}/ws_api/account/999/messaging/consumer?v=3`);
    expect((await peer.closed).code).toBe(1008);
  });
});

describe('frames', () => {
  it.each([
    'not json',
    '[]',
    '{"kind":"req","type":"GetClock"}',
    '{"kind":"resp","reqId":"1"}',
    '{"kind":"req","id":"1"}',
  ])('[S12] refuses %j and goes on', async (frame) => {
    const peer = await sandbox.consumer();
    peer.raw(frame);
    expect(await peer.next((answer) => answer.code === 400)).toMatchObject({ kind: 'resp', body: 'Bad request' });
    expect(await peer.ask('GetClock')).toMatchObject({ code: 200 });
    await peer.leave();
  });

  it.each(['ms.Unheard', '__proto__', 'toString', '.ams.ms.QueryMessages'])(
    '[S12] refuses request type %s',
    async (type) => {
      const peer = await sandbox.consumer();
      expect(await peer.ask(type, {})).toMatchObject({ code: 400 });
      await peer.leave();
    },
  );

  it('answers a numeric id by a text one', async () => {
    const peer = await sandbox.consumer();
    peer.raw('{"kind":"req","id":77,"type":"GetClock"}');
    expect(await peer.next((frame) => frame.reqId === '77')).toMatchObject({ code: 200 });
    await peer.leave();
  });

  it('keeps and shows a profile', async () => {
    const peer = await sandbox.consumer('profiled');
    expect(await peer.ask('userprofile.SetUserProfile', { firstName: 'Jo' })).toMatchObject({ code: 200 });
    const answer = await peer.ask('userprofile.GetUserProfile', {});
    expect(answer.body).toEqual({ firstName: 'Jo', userId: 'profiled' });
    await peer.leave();
  });
});

describe('faults and overrides', () => {
  it('[S27] records requests and answers as an override says', async () => {
    const peer = await sandbox.consumer();
    const take = sandbox.brand.override('GetClock', () => ({ type: 'x', code: 429, body: 'slow down' }));
    expect(await peer.ask('GetClock')).toMatchObject({ code: 429, body: 'slow down' });
    take();
    expect(await peer.ask('GetClock')).toMatchObject({ code: 200 });
    expect(sandbox.brand.requests.at(-1)).toMatchObject({ type: 'GetClock', from: 'consumer', account: ACCOUNT });
    await peer.leave();
  });

  it('[S27] does the deed and loses the answer', async () => {
    const peer = await sandbox.consumer();
    await peer.ask('cqm.SubscribeExConversations', {});
    await peer.next(notification('ExConversationChangeNotification'));
    const take = sandbox.brand.override('cm.ConsumerRequestConversation', (_, proceed) => {
      proceed();
      return 'silent';
    });
    const id = peer.send('cm.ConsumerRequestConversation', {});
    expect(changesOf(await peer.next(notification('ExConversationChangeNotification')))).toHaveLength(1);
    take();
    await peer.ask('GetClock');
    expect(peer.frames.filter((frame) => frame.reqId === id)).toEqual([]);
    await peer.leave();
  });

  it('[S27] closes with a code instead of answering, and cuts after so many frames', async () => {
    const first = await sandbox.consumer();
    const take = sandbox.brand.override('GetClock', () => ({ close: 4407, reason: 'expired' }));
    first.send('GetClock');
    expect(await first.closed).toEqual({ code: 4407, reason: 'expired' });
    take();
    const second = await sandbox.consumer();
    sandbox.brand.faults.dropAfterFrames = 2;
    expect(await second.ask('GetClock')).toMatchObject({ code: 200 });
    second.send('GetClock');
    expect((await second.closed).code).toBe(1006);
    sandbox.brand.faults.dropAfterFrames = null;
  });
});
