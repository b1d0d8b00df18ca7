import { expect, test } from 'vitest';
import { settle } from '../testing/clock.ts';
import { fakeWorld } from '../testing/world.ts';
import { startChat } from './chat.ts';
import type { StartTalk } from './ports.ts';

/** A chat whose talk comes when the test says so; the first tries fail as often as told. */
function opened({ failures = 0, authenticated = false } = {}) {
  const world = fakeWorld();
  let asked = 0;
  let begun = 0;
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const loadTalk = async (): Promise<StartTalk> => {
    asked += 1;
    if (asked <= failures) throw new TypeError('Failed to fetch dynamically imported module');
    await arrived;
    const start = await world.ports.loadTalk();
    return (ports, store) => {
      begun += 1;
      return start(ports, store);
    };
  };
  const actions = startChat({ ...world.ports, authenticated, loadTalk }, world.store);
  actions.open();
  const shown = () => {
    const { transcript } = world.store.getState();
    return transcript.ids.map((id) => transcript.byId.get(id)?.body);
  };
  return { ...world, actions, asked: () => asked, begun: () => begun, arrive, shown };
}

test('a panel that was only opened fetches nothing more', async () => {
  const { service, asked } = opened();
  await service.goes({ at: 'online' });
  expect(asked()).toBe(0);
});

test('a consumer who may have a conversation is told of it without a word', async () => {
  const { service, asked, arrive } = opened({ authenticated: true });
  await service.goes({ at: 'online' });
  expect(asked()).toBe(1);
  arrive();
  await settle();
  service.next('cqm.SubscribeExConversations');
});

test('what is done before it is there is done then, once and in order', async () => {
  const { service, actions, asked, arrive, shown, store } = opened();
  await service.goes({ at: 'online' });
  actions.setDraft('one');
  actions.send('one');
  actions.send('two');
  expect([asked(), store.getState().draft, shown()]).toEqual([1, '', []]);
  arrive();
  await settle();
  expect(shown()).toEqual([
    { type: 'text', text: 'one' },
    { type: 'text', text: 'two' },
  ]);
});

test('a text for which it cannot be fetched goes back into the composer, and the next try sends it', async () => {
  const { service, actions, arrive, shown, store } = opened({ failures: 1 });
  await service.goes({ at: 'online' });
  actions.send('hello');
  await settle();
  expect(store.getState().draft).toBe('hello');
  arrive();
  actions.send('hello');
  await settle();
  expect([store.getState().draft, shown()]).toEqual(['', [{ type: 'text', text: 'hello' }]]);
});

test('nothing begins after the chat has ended', async () => {
  const { service, actions, arrive, begun } = opened();
  await service.goes({ at: 'online' });
  actions.send('hello');
  actions.dispose();
  arrive();
  await settle();
  expect(begun()).toBe(0);
});

test('several texts for which it cannot be fetched go back in order, before what is being written', async () => {
  const { service, actions, store } = opened({ failures: 1 });
  await service.goes({ at: 'online' });
  actions.send('one');
  actions.send('two');
  actions.setDraft('three');
  await settle();
  expect(store.getState().draft).toBe('one\ntwo\nthree');
});

test('a file for which it cannot be fetched is taken when the connection is back', async () => {
  const { service, actions, arrive, store } = opened({ failures: 1 });
  actions.attach([new File(['x'], 'photo.jpg')]);
  await settle();
  arrive();
  await service.goes({ at: 'online' });
  const { tray, attachments } = store.getState();
  expect(tray.map((id) => attachments.get(id)?.name)).toEqual(['photo.jpg']);
});

test('[P3] what the former consumer said is nobody’s when it comes', async () => {
  const { service, actions, arrive, shown, store } = opened();
  await service.goes({ at: 'online' });
  actions.send('hello');
  await actions.forget();
  arrive();
  await settle();
  expect([shown(), store.getState().draft]).toEqual([[], '']);
});
