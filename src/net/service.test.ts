import { describe, expect, test } from 'vitest';
import { decodeNotification } from '../protocol/decode.ts';
import { FailureError, refused } from '../protocol/failure.ts';
import { fakeClock, settle } from '../testing/clock.ts';
import { fakeSockets } from '../testing/socket.ts';
import { fakeSurroundings } from '../testing/surroundings.ts';
import { clientProperties } from './clientProperties.ts';
import type { IdentityFlow } from './identity.ts';
import type { Http, LinkStatus, Memory } from './ports.ts';
import { ANSWER_WITHIN } from './requests.ts';
import { createService } from './service.ts';

const token = (sub: string, exp?: number, iat?: number) => `h.${btoa(JSON.stringify({ sub, exp, iat }))}.s`;

function setUp(
  identity: IdentityFlow = { by: 'signup' },
  domainApi = 'https://api.example',
  memory?: Pick<Memory, 'get' | 'set'>,
) {
  const clock = fakeClock();
  const { open, sockets } = fakeSockets();
  const surroundings = fakeSurroundings();
  const asked: string[] = [];
  let count = 0;
  const http: Http = {
    async json(url, init) {
      asked.push(`${init?.method ?? 'GET'} ${url}${init?.body ? ` ${JSON.stringify(init.body)}` : ''}`);
      if (url.includes('baseURI')) {
        return {
          baseURIs: [
            { service: 'asyncMessagingEnt', baseURI: 'msg.example' },
            { service: 'idp', baseURI: 'idp.example' },
          ],
        };
      }
      return { jwt: token(`me-${++count}`) };
    },
  };
  const service = createService({
    account: '1',
    domainApi,
    identity,
    clientProperties: clientProperties('Firefox on Linux', 'UTC', '1'),
    clock,
    http,
    openSocket: open,
    readNotification: decodeNotification,
    surroundings,
    ...(memory ? { memory } : {}),
  });
  const statuses: LinkStatus['at'][] = [];
  service.on('status', ({ at }) => statuses.push(at));
  return { service, clock, sockets, surroundings, asked, statuses, http };
}

/** Up to the unanswered InitConnection of the newest socket. */
async function opened(world: ReturnType<typeof setUp>) {
  world.service.connect();
  await settle();
  const socket = world.sockets.at(-1);
  if (!socket) throw new Error('no socket was opened');
  socket.opens();
  await settle();
  return socket;
}

async function greeted(world: ReturnType<typeof setUp>) {
  const socket = await opened(world);
  socket.answer(socket.next('InitConnection'));
  await settle();
  return socket;
}

describe('connecting', () => {
  test('resolves, signs up, opens, greets; online only when the greeting is answered', async () => {
    const world = setUp();
    const socket = await opened(world);
    expect(world.asked).toEqual([
      'GET https://api.example/api/account/1/service/baseURI.json?version=1.0',
      'POST https://idp.example/api/account/1/signup',
    ]);
    expect(socket.url).toBe('wss://msg.example/ws_api/account/1/messaging/consumer?v=3');
    const hello = socket.next('InitConnection');
    expect(hello.headers).toMatchObject([
      { type: '.ams.headers.ClientProperties' },
      { type: '.ams.headers.ConsumerAuthentication', jwt: token('me-1') },
    ]);
    expect(world.statuses.at(-1)).toBe('connecting');
    socket.answer(hello);
    await settle();
    expect(world.statuses.at(-1)).toBe('online');
    expect(world.service.me()).toBe('me-1');
  });

  test('an http domain API means http and ws for everything', async () => {
    const world = setUp({ by: 'signup' }, 'http://localhost:5173');
    const socket = await opened(world);
    expect(world.asked[1]).toContain('http://idp.example/');
    expect(socket.url).toContain('ws://msg.example/');
  });

  test('[C2] nothing is sent before the greeting is answered', async () => {
    const world = setUp();
    const socket = await opened(world);
    const early = world.service.request('GetClock', undefined);
    await expect(early).rejects.toMatchObject({ failure: { kind: 'offline', delivery: 'not-sent' } });
    expect(socket.waiting()).toEqual(['InitConnection']);
  });

  test('an anonymous identity is authorised, exchanged and later extended with its own token', async () => {
    const world = setUp({ by: 'anonymous', connectorId: 'acr0' });
    const socket = await greeted(world);
    expect(world.asked.slice(1)).toEqual([
      'POST https://idp.example/api/account/1/anonymous/authorize',
      `POST https://idp.example/api/account/1/app/acr0/authenticate?v=3.0 {"id_token":"${token('me-1')}"}`,
    ]);
    socket.drops(4407);
    await world.clock.advance(2_000);
    expect(world.asked[3]).toBe(
      `POST https://idp.example/api/account/1/anonymous/authorize {"id_token":"${token('me-1')}"}`,
    );
  });

  test('4401 asks the brand for a new token, 1006 does not', async () => {
    let calls = 0;
    const world = setUp({ by: 'brand', getToken: async () => `brand-${++calls}` });
    const first = await greeted(world);
    first.drops(1006);
    await world.clock.advance(2_000);
    expect(calls).toBe(1);
    const second = world.sockets[1];
    second?.opens();
    await settle();
    second?.drops(4401);
    await world.clock.advance(4_000);
    expect(calls).toBe(2);
    expect(world.asked.at(-1)).toContain('{"authCode":"brand-2"}');
  });

  test('[I1] a token is renewed a minute before its end by the clock of the service, in one call', async () => {
    let calls = 0;
    const world = setUp({ by: 'brand', getToken: async () => `brand-${++calls}` });
    const start = world.clock.now() / 1000;
    // The service's clock is ten minutes ahead of ours.
    const json = world.http.json;
    world.http.json = async (url, init) =>
      url.includes('/authenticate') ? { jwt: token('me', start + 600 + 600, start + 600) } : json(url, init);
    const socket = await greeted(world);
    for (let spent = 30; spent < 540; spent += 30) {
      await world.clock.advance(30_000);
      socket.answer(socket.next('GetClock'), { currentTime: world.clock.now() + 600_000 });
      expect(calls).toBe(1);
    }
    await world.clock.advance(29_999);
    expect(calls).toBe(1);
    await world.clock.advance(1);
    expect(calls).toBe(2);
    expect(world.sockets).toHaveLength(2);
  });

  test.each([
    ['throws', () => Promise.reject(new Error('not signed in'))],
    ['gives nothing', async () => ''],
    ['never settles', () => new Promise<string>(() => {})],
  ])('[I2] a getToken that %s ends in "sign in again", and asking again works', async (_, getToken) => {
    let give: () => Promise<string> = getToken;
    const world = setUp({ by: 'brand', getToken: () => give() });
    world.service.connect();
    await world.clock.advance(10_000);
    expect(world.service.status()).toMatchObject({ at: 'refused', why: { code: 401 } });
    give = async () => 'brand';
    await greeted(world);
    expect(world.service.status().at).toBe('online');
  });

  test('[I3] three tokens turned down are one message, not a loop', async () => {
    let calls = 0;
    const world = setUp({ by: 'brand', getToken: async () => `brand-${++calls}` });
    world.service.connect();
    for (let n = 0; n < 3; n += 1) {
      await world.clock.advance(5_000);
      world.sockets.at(-1)?.drops(4401);
      await settle();
    }
    expect(world.service.status()).toMatchObject({ at: 'refused', why: { code: 401 } });
    expect(calls).toBe(3);
    expect(world.clock.pending()).toBe(0);
  });

  test('[I4] an unauthenticated consumer is remembered over pages, an authenticated one never', async () => {
    const kept = new Map<string, string | null>();
    const memory = {
      get: (key: string) => kept.get(key) ?? null,
      set: (key: string, value: string | null) => void kept.set(key, value),
    };
    await greeted(setUp({ by: 'brand', getToken: async () => 'brand' }, undefined, memory));
    expect(kept.size).toBe(0);
    await greeted(setUp({ by: 'signup' }, undefined, memory));
    const again = setUp({ by: 'signup' }, undefined, memory);
    await greeted(again);
    expect(again.service.me()).toBe('me-1');
    expect(again.asked.filter((url) => url.includes('signup'))).toEqual([]);
    kept.set('identity', '{"jwt":"no token"}');
    const fresh = setUp({ by: 'signup' }, undefined, memory);
    await greeted(fresh);
    expect(fresh.asked.filter((url) => url.includes('signup'))).toHaveLength(1);
  });

  test('an account nobody knows is a refusal, not a loop', async () => {
    const world = setUp();
    world.http.json = async () => {
      throw new FailureError(refused(404, 'no such account'));
    };
    world.service.connect();
    await world.clock.advance(120_000);
    expect(world.service.status()).toMatchObject({ at: 'refused', why: { code: 404 } });
    expect(world.clock.pending()).toBe(0);
  });
});

describe('requests', () => {
  test('are answered by id, in any order, numbers as well as strings', async () => {
    const world = setUp();
    const socket = await greeted(world);
    const first = world.service.request('GetClock', undefined);
    const second = world.service.request('GetClock', undefined);
    const [a, b] = [socket.next(), socket.next()];
    socket.says(JSON.stringify({ kind: 'resp', reqId: Number(b.id), code: 200, body: { currentTime: 2 } }));
    socket.answer(a, { currentTime: 1 });
    expect([await first, await second]).toEqual([{ at: 1 }, { at: 2 }]);
  });

  test('without an answer they are unknown, and so are those of a lost socket', async () => {
    const world = setUp();
    await greeted(world);
    const slow = world.service.request('GetClock', undefined).catch((error) => error.failure);
    await world.clock.advance(ANSWER_WITHIN);
    expect(await slow).toEqual({ kind: 'timeout', delivery: 'unknown' });
    const other = setUp();
    const lost = await greeted(other);
    const cut = other.service.request('GetClock', undefined).catch((error) => error.failure);
    lost.drops();
    expect(await cut).toEqual({ kind: 'dropped', delivery: 'unknown' });
  });

  test('[C6] a request is as good as a ping: no answer and no other frame for 10 s, and the connection is given up', async () => {
    const world = setUp();
    const socket = await greeted(world);
    world.service.request('GetClock', undefined).catch(() => {});
    await world.clock.advance(ANSWER_WITHIN - 1);
    expect(world.service.status().at).toBe('online');
    await world.clock.advance(1);
    expect(world.service.status().at).not.toBe('online');
    expect(socket.waiting()).toHaveLength(1);
  });

  test('[C10] a busy service is asked three times, further and further apart, and a refusal is final', async () => {
    const world = setUp();
    const socket = await greeted(world);
    const ended = world.service.request('GetClock', undefined).catch((error) => error.failure.code);
    socket.answer(socket.next(), 'busy', 503);
    await world.clock.advance(999);
    expect(socket.waiting()).toEqual([]);
    await world.clock.advance(1);
    socket.answer(socket.next(), 'busy', 503);
    await world.clock.advance(2_000);
    socket.answer(socket.next(), 'busy', 503);
    expect(await ended).toBe(503);
    const refusal = world.service.request('GetClock', undefined).catch((error) => error.failure.code);
    socket.answer(socket.next(), 'no', 400);
    expect(await refusal).toBe(400);
    expect(socket.waiting()).toEqual([]);
  });

  test('[C11] after a 429 every request waits, and they come back one by one', async () => {
    const world = setUp();
    const socket = await greeted(world);
    const first = world.service.request('GetClock', undefined);
    socket.answer(socket.next(), 'slow down', 429);
    await settle();
    const others = [world.service.request('GetClock', undefined), world.service.request('GetClock', undefined)];
    await world.clock.advance(999);
    expect(socket.waiting()).toEqual([]);
    await world.clock.advance(1);
    expect(socket.waiting()).toHaveLength(1);
    await world.clock.advance(500);
    expect(socket.waiting()).toHaveLength(3);
    for (let n = 0; n < 3; n += 1) socket.answer(socket.next(), { currentTime: n });
    await Promise.all([first, ...others]);
  });

  test('an aborted one is forgotten', async () => {
    const world = setUp();
    const socket = await greeted(world);
    const stop = new AbortController();
    const gone = world.service.request('GetClock', undefined, { signal: stop.signal }).catch((error) => error.failure);
    stop.abort();
    expect(await gone).toMatchObject({ kind: 'aborted' });
    socket.answer(socket.next());
  });
});

describe('a connection', () => {
  test('tells what arrives and what cannot be read, and keeps its socket', async () => {
    const world = setUp();
    const socket = await greeted(world);
    const heard: unknown[] = [];
    world.service.on('messages', (value) => heard.push(value));
    world.service.on('unknown', (why) => heard.push(why));
    socket.says('}{');
    socket.notify('ms.MessagingEventNotification', { dialogId: 'D', changes: [7] });
    expect(heard).toEqual(['not JSON', { dialogId: 'D', events: [] }, '1 of messages']);
    expect(world.service.status().at).toBe('online');
  });

  test('[C5] is pinged when idle and let go when the ping is not answered', async () => {
    const world = setUp();
    const socket = await greeted(world);
    await world.clock.advance(30_000);
    socket.answer(socket.next('GetClock'), { currentTime: 1 });
    await world.clock.advance(30_000);
    socket.next('GetClock');
    expect(socket.closedWith).toBeNull();
    await world.clock.advance(10_000);
    expect(socket.closedWith).toEqual({ code: 1000 });
    expect(world.service.status().at).not.toBe('online');
  });

  test('[C3] hears nothing more of a socket it has let go', async () => {
    const world = setUp();
    const socket = await greeted(world);
    world.surroundings.thaws();
    await settle();
    const before = [...world.statuses];
    socket.drops(1006);
    expect(world.statuses).toEqual(before);
    expect(world.sockets).toHaveLength(2);
  });

  test('leaves no timer and no socket behind', async () => {
    const world = setUp();
    const socket = await greeted(world);
    world.service.dispose();
    expect(world.clock.pending()).toBe(0);
    expect(socket.closedWith).toEqual({ code: 1000 });
  });

  test('that cannot even be tried waits and tries again', async () => {
    const world = setUp();
    const broken = createService({
      account: '1',
      domainApi: 'https://api.example',
      identity: { by: 'signup' },
      clientProperties: clientProperties('', 'UTC', '1'),
      clock: world.clock,
      http: world.http,
      surroundings: world.surroundings,
      readNotification: decodeNotification,
      openSocket: () => {
        throw new DOMException('refused by policy', 'SecurityError');
      },
    });
    broken.connect();
    await settle();
    expect(broken.status()).toMatchObject({ at: 'waiting', tries: 1 });
    broken.dispose();
  });
});
