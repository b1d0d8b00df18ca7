import { describe, expect, test } from 'vitest';
import { createBox } from '../testing/box.ts';
import { settle } from '../testing/clock.ts';
import { fakeStorage } from '../testing/storage.ts';
import { fakeWorld } from '../testing/world.ts';
import { startChat } from './chat.ts';

const photo = () => new File(['0123456789'], 'photo.jpg', { type: 'image/jpeg' });
const states = ({ store }: ReturnType<ReturnType<typeof createBox>['tab']>) => {
  const { transcript } = store.getState();
  return transcript.ids.map((id) => transcript.byId.get(id)?.delivery?.at);
};

describe('nothing is remembered too early', () => {
  test('[P1] opening, typing and picking store nothing; the first message does', async () => {
    const box = createBox();
    const tab = box.tab();
    tab.actions.open();
    tab.actions.setDraft('half a sentence');
    tab.actions.attach([photo()]);
    await box.clock.advance(1_000);
    expect(tab.session.length).toBe(0);
    tab.actions.send('hello');
    await box.clock.advance(1_000);
    expect(tab.session.length).toBeGreaterThan(0);
  });

  test('[P2] in memory mode nothing is stored at all', async () => {
    const box = createBox();
    const tab = box.tab({ persistence: 'memory' });
    tab.actions.send('hello');
    await box.clock.advance(1_000);
    expect(tab.session.length).toBe(0);
    expect(tab.reload().lines()).toEqual([]);
  });
});

describe('[O4] what is unsent survives', () => {
  test('a reload while offline: text and file, in their order, once', async () => {
    const box = createBox();
    const tab = box.tab();
    tab.actions.send('before');
    await box.clock.advance(1_000);
    const undo = box.brand.override('InitConnection', () => ({ close: 1006 }));
    box.brand.endConsumers(1006);
    tab.actions.attach([photo()]);
    await box.clock.advance(10);
    tab.actions.send('with a word');
    await box.clock.advance(100);
    tab.crash();
    const next = box.tab({ session: tab.session });
    next.actions.resume();
    await box.clock.advance(1_000);
    expect(next.lines()).toEqual(['me: [photo.jpg]', 'me: with a word']);
    undo();
    await box.clock.advance(120_000);
    expect(next.lines()).toEqual(['me: before', 'me: [photo.jpg]', 'me: with a word']);
    expect(states(next)).toEqual(['sent', 'sent', 'sent']);
    expect(box.puts).toHaveLength(1);
  });

  test('a crash between the upload and its publish: published on the next page, uploaded once', async () => {
    const box = createBox();
    const tab = box.tab();
    box.brand.override('ms.PublishEvent', () => 'silent');
    tab.actions.attach([photo()]);
    await box.clock.advance(10);
    tab.actions.send('');
    await box.clock.advance(3_000);
    expect(box.puts).toHaveLength(1);
    tab.crash();
    box.brand.override('ms.PublishEvent', () => undefined);
    const next = box.tab({ session: tab.session });
    next.actions.resume();
    await box.clock.advance(5_000);
    expect(next.lines()).toEqual(['me: [photo.jpg]']);
    expect(states(next)).toEqual(['sent']);
    expect(box.puts).toHaveLength(1);
  });

  test('a crash after the publish was stored and before its answer: found in the back-log, not sent again', async () => {
    const box = createBox();
    const tab = box.tab();
    const undo = box.brand.override('ms.PublishEvent', (_, proceed) => {
      proceed();
      return 'silent';
    });
    tab.actions.send('only once');
    await box.clock.advance(1_000);
    tab.crash();
    undo();
    const next = box.tab({ session: tab.session });
    next.actions.resume();
    await box.clock.advance(5_000);
    expect(next.lines()).toEqual(['me: only once']);
    expect(states(next)).toEqual(['sent']);
    const published = box.brand.requests.filter(({ body }) => JSON.stringify(body ?? '').includes('only once'));
    expect(published).toHaveLength(1);
  });

  test('the draft, from the first message on', async () => {
    const box = createBox();
    const tab = box.tab();
    tab.actions.send('hello');
    tab.actions.setDraft('and then');
    await box.clock.advance(1_000);
    expect(tab.reload().store.getState().draft).toBe('and then');
  });
});

describe('[O5] two tabs never send the same message', () => {
  test('a duplicated tab leaves what the living one is sending', async () => {
    const box = createBox();
    const first = box.tab();
    first.actions.send('hello');
    await box.clock.advance(1_000);
    const undo = box.brand.override('ms.PublishEvent', () => 'silent');
    first.actions.send('slow');
    await box.clock.advance(100);
    const copy = box.tab({ session: fakeStorage(first.session) });
    copy.actions.resume();
    undo();
    await box.clock.advance(30_000);
    const sent = box.brand.requests.filter(({ body }) => JSON.stringify(body ?? '').includes('"slow"'));
    expect(new Set(sent.map(({ metadata }) => JSON.stringify(metadata))).size).toBe(1);
    expect(first.lines()).toEqual(['me: hello', 'me: slow']);
    expect(copy.lines()).toEqual(['me: hello', 'me: slow']);
  });

  test('with the memory of the browser the next tab sends what a closed one left', async () => {
    const box = createBox();
    const first = box.tab({ persistence: 'local' });
    first.actions.send('hello');
    await box.clock.advance(1_000);
    const undo = box.brand.override('ms.PublishEvent', () => 'silent');
    first.actions.send('left behind');
    await box.clock.advance(100);
    first.crash();
    undo();
    const next = box.tab({ persistence: 'local' });
    next.actions.resume();
    await box.clock.advance(5_000);
    expect(next.lines()).toEqual(['me: hello', 'me: left behind']);
  });

  test('with the memory of a tab what a closed one left is deleted', async () => {
    const box = createBox();
    const first = box.tab();
    const undo = box.brand.override('ms.PublishEvent', () => 'silent');
    first.actions.send('left behind');
    await box.clock.advance(100);
    first.crash();
    undo();
    const other = box.tab();
    other.actions.send('mine');
    await box.clock.advance(1_000);
    await box.clock.advance(5_000);
    expect(other.reload().lines()).toEqual([]);
    const sent = box.brand.requests.filter(({ body }) => JSON.stringify(body ?? '').includes('left behind'));
    expect(sent).toHaveLength(1);
  });
});

test('[O4] what is taken back in the moment of sending is not kept', async () => {
  const world = fakeWorld();
  const chat = startChat(world.ports, world.store);
  chat.setDraft('o');
  await settle();
  chat.send('one');
  chat.cancel(world.store.getState().transcript.ids[0] ?? '');
  await settle();
  expect(await world.ports.memory.shelf.all()).toEqual([]);
  chat.send('two');
  await chat.forget();
  await settle();
  expect(await world.ports.memory.shelf.all()).toEqual([]);
});

describe('[P3] forget', () => {
  test('deletes every key and every kept message, and begins as somebody new', async () => {
    const box = createBox();
    const tab = box.tab();
    tab.actions.send('hello');
    await box.clock.advance(1_000);
    const before = tab.store.getState().me;
    await tab.actions.forget();
    expect(tab.session.length).toBe(0);
    expect(tab.lines()).toEqual([]);
    tab.actions.send('who am I?');
    await box.clock.advance(5_000);
    expect(tab.store.getState().me).not.toBe(before);
    expect(tab.lines()).toEqual(['me: who am I?']);
  });

  test('a text that waits for its photo to be looked at is not sent as somebody else', async () => {
    const box = createBox();
    const tab = box.tab();
    tab.actions.send('hello');
    await box.clock.advance(1_000);
    tab.actions.attach([photo()]);
    tab.actions.send('look at this');
    await tab.actions.forget();
    await box.clock.advance(5_000);
    expect(tab.lines()).toEqual([]);
    expect(tab.store.getState().tray).toEqual([]);
  });

  test('what is said while the shelf is emptied is said once', async () => {
    const box = createBox();
    const tab = box.tab();
    tab.actions.send('hello');
    await box.clock.advance(1_000);
    const forgotten = tab.actions.forget();
    tab.actions.send('who am I?');
    await forgotten;
    expect(tab.lines()).toEqual(['me: who am I?']);
    await box.clock.advance(5_000);
    expect(tab.lines()).toEqual(['me: who am I?']);
    const sent = box.brand.requests.filter(({ body }) => JSON.stringify(body ?? '').includes('who am I?'));
    expect(sent).toHaveLength(1);
  });

  test('what the next consumer leaves unsent survives a reload', async () => {
    const box = createBox();
    const tab = box.tab();
    tab.actions.send('hello');
    await box.clock.advance(1_000);
    await tab.actions.forget();
    const undo = box.brand.override('ms.PublishEvent', () => 'silent');
    tab.actions.send('who am I?');
    await box.clock.advance(1_000);
    tab.crash();
    undo();
    const next = box.tab({ session: tab.session });
    next.actions.resume();
    await box.clock.advance(5_000);
    expect(next.lines()).toEqual(['me: who am I?']);
  });
});

test('[P4] storage that throws becomes memory: the chat works and nothing is said', async () => {
  const box = createBox();
  const tab = box.tab();
  tab.session.full = true;
  tab.actions.send('hello');
  await box.clock.advance(1_000);
  expect(tab.lines()).toEqual(['me: hello']);
  expect(tab.session.length).toBe(0);
});
