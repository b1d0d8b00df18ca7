import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import { fakeStorage } from '../testing/storage.ts';
import { createMemory, pageShelf } from './memory.ts';
import type { Shelf, Shelved } from './ports.ts';
import { databaseShelf } from './shelf.ts';
import { STORED } from './storedKeys.ts';

const text = (id: string, at: number): Shelved => ({ id, owner: 'tab', at, body: { kind: 'text', text: id } });
const storages = (session = fakeStorage(), local = fakeStorage()) => ({
  session: () => session,
  local: () => local,
  shelf: async () => pageShelf(),
});

let names = 0;
const SHELVES: readonly [string, () => Shelf][] = [
  ['of a page', pageShelf],
  ['in a database', () => databaseShelf(`test-${++names}`)],
];

describe.each(SHELVES)('a shelf %s', (_, open) => {
  test('gives back what was put, oldest first, until it is removed', async () => {
    const shelf = open();
    await shelf.put(text('b', 2));
    await shelf.put(text('a', 1));
    await shelf.put({ ...text('b', 2), owner: 'other' });
    expect((await shelf.all()).map(({ id, owner }) => `${id} ${owner}`)).toEqual(['a tab', 'b other']);
    await shelf.remove('a');
    await shelf.remove('unknown');
    expect((await shelf.all()).map(({ id }) => id)).toEqual(['b']);
    await shelf.clear();
    expect(await shelf.all()).toEqual([]);
  });

  test('keeps files with their bytes', async () => {
    const shelf = open();
    const blob = new Blob(['bytes'], { type: 'image/png' });
    await shelf.put({
      id: 'f',
      owner: 'tab',
      at: 1,
      body: { kind: 'file', blob, about: { name: 'x.png' }, path: '/v1/x' },
    });
    const [entry] = await shelf.all();
    expect(entry?.body).toMatchObject({ kind: 'file', about: { name: 'x.png' }, path: '/v1/x' });
  });
});

test('what is no entry of ours is left out', async () => {
  const { createStore, set } = await import('idb-keyval');
  const store = createStore('test-hostile', 'outbox');
  for (const [key, value] of Object.entries({
    a: null,
    b: 7,
    c: { id: 'c' },
    d: { ...text('d', 1), body: { kind: 'file' } },
    e: text('e', Number.NaN),
    f: text('f', 1e300),
  })) {
    await set(key, value, store);
  }
  await set('ok', text('ok', 1), store);
  expect((await databaseShelf('test-hostile').all()).map(({ id }) => id)).toEqual(['ok']);
});

describe('createMemory', () => {
  test('writes nothing before it begins, then what it has, and goes on', () => {
    const session = fakeStorage();
    const memory = createMemory('1', 'session', storages(session));
    memory.set('draft', 'words');
    expect([session.length, memory.get('draft'), memory.resumes]).toEqual([0, 'words', false]);
    memory.begin();
    expect(session.getItem('attache:1:draft')).toBe('words');
    memory.set('draft', null);
    expect(session.getItem('attache:1:draft')).toBeNull();
    expect(createMemory('1', 'session', storages(session)).resumes).toBe(true);
    expect(createMemory('2', 'session', storages(session)).resumes).toBe(false);
  });

  test('fetches what keeping takes when it is told to, unless there is nothing to keep', () => {
    let fetched = 0;
    const prepare = () => {
      fetched += 1;
    };
    createMemory('1', 'memory', { ...storages(), prepare }).prepare();
    expect(fetched).toBe(0);
    const session = fakeStorage();
    createMemory('1', 'session', { ...storages(session), prepare }).prepare();
    expect([fetched, session.length]).toEqual([1, 0]);
  });

  test('a tab is itself even where the browser remembers', () => {
    const session = fakeStorage();
    const local = fakeStorage();
    const memory = createMemory('1', 'local', storages(session, local));
    memory.begin();
    memory.set('tab', 't');
    memory.set('identity', 'i');
    expect([session.getItem('attache:1:tab'), local.getItem('attache:1:identity')]).toEqual(['t', 'i']);
  });

  test('storages that cannot even be named become memory', async () => {
    const forbidden = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    const memory = createMemory('1', 'session', {
      session: forbidden,
      local: forbidden,
      shelf: () => Promise.reject(new Error('no database')),
    });
    memory.begin();
    memory.set('draft', 'kept here');
    expect(memory.get('draft')).toBe('kept here');
    await memory.shelf.put(text('a', 1));
    expect(await memory.shelf.all()).toHaveLength(1);
  });

  test('[P5] every key that is ever written stands in the table', () => {
    for (const kind of ['session', 'local'] as const) {
      const session = fakeStorage();
      const local = fakeStorage();
      const memory = createMemory('1', kind, storages(session, local));
      memory.begin();
      for (const key of ['identity', 'tab', 'draft', 'teased'] as const) memory.set(key, 'x');
      const written = [
        ...Array.from({ length: session.length }, (_, n) => ['sessionStorage', session.key(n)]),
        ...Array.from({ length: local.length }, (_, n) => ['localStorage', local.key(n)]),
      ];
      const named = STORED.filter(({ where }) => where[kind] !== 'IndexedDB').map(({ name, where }) => [
        where[kind],
        name.replace('{account}', '1'),
      ]);
      expect(written.sort()).toEqual(named.sort());
    }
  });
});
