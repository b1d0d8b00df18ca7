import { expect, it } from 'vitest';
import { createBrand } from './brand.ts';
import { inMemorySockets } from './inMemory.ts';
import { manualClock } from './manualClock.ts';
import { ACCOUNT } from './peer.ts';

const URL_OF_CONSUMERS = `wss://brand.example/ws_api/account/${ACCOUNT}/messaging/consumer?v=3`;

/** Opens a socket and writes down what its client sees. */
function open(url: string) {
  const clock = manualClock();
  const brand = createBrand({ clock });
  const seen: unknown[] = [];
  const socket = inMemorySockets(brand)(url, {
    opened: () => seen.push('opened'),
    received: (data) => seen.push(JSON.parse(String(data))),
    closed: (code) => seen.push(code),
  });
  return { brand, clock, seen, socket };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

it('speaks to a brand without a network, never within the call', async () => {
  const { brand, seen, socket } = open(URL_OF_CONSUMERS);
  expect(seen).toEqual([]);
  const headers = [{ type: '.ams.headers.ConsumerAuthentication', jwt: brand.consumerToken(ACCOUNT) }];
  socket.send(JSON.stringify({ kind: 'req', id: '1', type: 'InitConnection', headers }));
  socket.send('{"kind":"req","id":"2","type":"GetClock"}');
  expect(seen).toEqual([]);
  await settled();
  expect(seen).toMatchObject(['opened', { reqId: '1', code: 200 }, { reqId: '2', code: 200 }]);
});

it('is closed once, by either side, and silent afterwards', async () => {
  const mine = open(URL_OF_CONSUMERS);
  mine.socket.close(1000, '');
  mine.socket.send('{"kind":"req","id":"2","type":"GetClock"}');
  mine.clock.advance(10_000);
  await settled();
  expect(mine.seen).toEqual(['opened', 1000]);
  const theirs = open(URL_OF_CONSUMERS);
  theirs.clock.advance(5_000);
  theirs.socket.close(1000, '');
  await settled();
  expect(theirs.seen).toEqual(['opened', 1008]);
});

it.each(['wss://brand.example/elsewhere', URL_OF_CONSUMERS.replace(ACCOUNT, '999')])('fails for %s', async (url) => {
  const { seen } = open(url);
  await settled();
  expect(seen).toEqual(['opened', 1006]);
});
