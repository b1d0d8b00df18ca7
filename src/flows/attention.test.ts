import { describe, expect, test } from 'vitest';
import { createChatStore } from '../store/store.ts';
import { settle } from '../testing/clock.ts';
import { fakePage } from '../testing/page.ts';
import { fakeBrowser } from '../testing/storage.ts';
import { fakeSurroundings } from '../testing/surroundings.ts';
import { fakeWorld } from '../testing/world.ts';
import { startAttention } from './attention.ts';

function setUp(browser = fakeBrowser()) {
  const page = fakePage();
  const surroundings = fakeSurroundings();
  surroundings.visibleNow = false;
  const store = createChatStore(fakeWorld().store.getState().settings);
  const attention = startAttention({ account: '1', page, locks: browser.locks(), surroundings, sound: true }, store);
  const unread = async (count: number) => {
    store.setState({ unread: Array.from({ length: count }, (_, n) => `D/${n}`) });
    await settle();
  };
  return { page, surroundings, attention, unread };
}

describe('[N1] a page out of sight', () => {
  test('wears the number of unread messages, with one sound, until they are seen', async () => {
    const { page, unread } = setUp();
    await unread(1);
    await unread(3);
    expect([page.title(), page.chimes]).toEqual(['(3) A brand', 1]);
    await unread(0);
    expect(page.title()).toBe('A brand');
  });

  test('gets its title back when the consumer returns, and the one it took meanwhile stays', async () => {
    const { page, surroundings, unread } = setUp();
    await unread(1);
    surroundings.shows();
    expect(page.title()).toBe('A brand');
    surroundings.visibleNow = false;
    await unread(0);
    await unread(1);
    page.setTitle('Basket (2)');
    surroundings.shows();
    expect(page.title()).toBe('Basket (2)');
  });

  test('builds on a title that the page changed', async () => {
    const { page, unread } = setUp();
    await unread(1);
    page.setTitle('Basket');
    await unread(2);
    expect(page.title()).toBe('(2) Basket');
    await unread(0);
    expect(page.title()).toBe('Basket');
  });

  test('does nothing while it is in view', async () => {
    const { page, surroundings, unread } = setUp();
    surroundings.visibleNow = true;
    await unread(1);
    expect([page.title(), page.chimes]).toEqual(['A brand', 0]);
  });

  test('is one tab of the browser, and gives its turn away when it ends', async () => {
    const browser = fakeBrowser();
    const [one, two] = [setUp(browser), setUp(browser)];
    await one.unread(1);
    await two.unread(1);
    expect([one.page.title(), two.page.title(), one.page.chimes + two.page.chimes]).toEqual([
      '(1) A brand',
      'A brand',
      1,
    ]);
    one.attention.dispose();
    expect(one.page.title()).toBe('A brand');
    await two.unread(2);
    expect(two.page.title()).toBe('(2) A brand');
  });

  test('[R2] keeps its title, and no lock, where the chat ends while it asks for its turn', async () => {
    const browser = fakeBrowser();
    const { page, attention, unread } = setUp(browser);
    const asking = unread(1);
    attention.dispose();
    await asking;
    expect([page.title(), page.chimes, browser.held()]).toEqual(['A brand', 0, []]);
  });
});
