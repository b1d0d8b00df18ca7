import { expect, test } from 'vitest';
import { createMemory } from '../net/memory.ts';
import type { Locks, Persistence, Shelved } from '../net/ports.ts';
import { pause } from '../net/throttle.ts';
import { fakeClock, settle } from '../testing/clock.ts';
import { fakeBrowser, fakeStorage } from '../testing/storage.ts';
import { becomeTab } from './tab.ts';

const left = (owner: string): Shelved => ({ id: 'm', owner, at: 1, body: { kind: 'text', text: 'left' } });

function tabsOf(persistence: Persistence) {
  const browser = fakeBrowser();
  const clock = fakeClock();
  const shelf = browser.shelf('attache:1');
  /** A database takes its time to write. */
  const slow = { ...shelf, put: (entry: Shelved) => pause(clock, 5).then(() => shelf.put(entry)) };
  const tab = (session = fakeStorage(), locks: Locks = browser.locks()) => {
    const memory = createMemory('1', persistence, {
      session: () => session,
      local: () => browser.local,
      shelf: async () => slow,
    });
    memory.begin();
    return becomeTab({ account: '1', persistence, memory, locks, clock });
  };
  return { browser, clock, tab, shelf };
}

test('[O5] what a closed tab has left is taken over by one of two that come at nearly the same moment', async () => {
  const { clock, tab, shelf } = tabsOf('local');
  await shelf.put(left('closed'));
  const [one, two] = await Promise.all([tab(), tab()]);
  const taken: (readonly Shelved[])[] = [];
  void one.inherit().then((mine) => taken.push(mine));
  await settle();
  void two.inherit().then((mine) => taken.push(mine));
  await clock.advance(100);
  expect(taken.flat().map(({ id }) => id)).toEqual(['m']);
});

test('[O5] what a chat has left is sent by the one that takes its place on the page, though its lock takes a while to be free', async () => {
  const { browser, clock, tab, shelf } = tabsOf('session');
  const session = fakeStorage();
  const locks = browser.locks();
  const late: Locks = {
    shared: true,
    async take(name) {
      const release = await locks.take(name);
      return release && (() => void clock.after(20, release));
    },
  };
  const first = await tab(session, late);
  await shelf.put(left(first.id));
  first.dispose();
  const next = await tab(session);
  const inherited = next.inherit();
  await clock.advance(1_000);
  expect((await inherited).map(({ id, owner }) => [id, owner])).toEqual([['m', first.id]]);
  expect(await shelf.all()).toEqual([left(next.id)]);
});

test('[R2] a tab that ends while it asks about others keeps no lock', async () => {
  const { browser, tab, shelf } = tabsOf('local');
  await shelf.put(left('closed'));
  const one = await tab();
  void one.inherit();
  one.dispose();
  await settle();
  expect(browser.held()).toEqual([]);
});
