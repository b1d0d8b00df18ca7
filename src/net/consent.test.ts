import { expect, test } from 'vitest';
import { fakeStorage } from '../testing/storage.ts';
import { createMemory, pageShelf } from './memory.ts';
import type { Persistence, Shelved } from './ports.ts';

const entry: Shelved = { id: 'a', owner: 'tab', at: 1, body: { kind: 'text', text: 'a' } };

function page(persistence: Persistence = 'local') {
  const [session, local, shelf] = [fakeStorage(), fakeStorage(), pageShelf()];
  let opened = 0;
  const open = () =>
    createMemory('1', persistence, {
      session: () => session,
      local: () => local,
      shelf: async () => {
        opened += 1;
        return shelf;
      },
    });
  return { memory: open(), open, session, local, shelf, opened: () => opened };
}

test('without consent storage is emptied, and this page goes on knowing what it knew', async () => {
  const { memory, local, session, shelf } = page();
  memory.begin();
  memory.set('identity', 'who');
  memory.set('tab', 'this');
  await memory.shelf.put(entry);
  await memory.allow(false);
  expect([local.length, session.length, await shelf.all()]).toEqual([0, 0, []]);
  expect(memory.get('identity')).toBe('who');
  expect(await memory.shelf.all()).toEqual([entry]);
  memory.set('draft', 'half a word');
  await memory.shelf.put({ ...entry, id: 'b' });
  expect([local.length, await shelf.all()]).toEqual([0, []]);
});

test('what an earlier page has stored is deleted too, and this page still knows it', async () => {
  const { memory, local, open } = page();
  memory.begin();
  memory.set('identity', 'who');
  const next = open();
  await next.allow(false);
  expect(local.length).toBe(0);
  expect(next.get('identity')).toBe('who');
});

test('with consent what is known is written, messages that wait among it', async () => {
  const { memory, local, shelf } = page();
  await memory.allow(false);
  memory.begin();
  memory.set('identity', 'who');
  await memory.shelf.put(entry);
  await memory.allow(true);
  expect(local.getItem('attache:1:identity')).toBe('who');
  expect(local.getItem('attache:1:begun')).toBe('1');
  expect(await shelf.all()).toEqual([entry]);
});

test('no database is opened where nobody has written anything, and none at all in memory mode', async () => {
  const { memory, opened } = page();
  await memory.allow(false);
  await memory.allow(true);
  expect(opened()).toBe(0);
  const silent = page('memory');
  silent.memory.begin();
  await silent.memory.allow(false);
  await silent.memory.allow(true);
  await silent.memory.shelf.put(entry);
  expect([silent.opened(), silent.local.length]).toEqual([0, 0]);
});
