import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAnnouncer } from './announcer.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  Reflect.deleteProperty(document, 'ariaNotify');
});

const regions = () => Array.from(document.querySelectorAll('[aria-live]'));

test('speaks by live regions in the page, emptied again, and leaves nothing behind', () => {
  const announcer = createAnnouncer(document);
  announcer.say('One.');
  announcer.say('Two.');
  announcer.say('Fire!', true);
  expect(regions().map((node) => node.textContent)).toEqual(['', '']);
  vi.advanceTimersByTime(200);
  expect(regions().map((node) => [node.getAttribute('role'), node.textContent])).toEqual([
    ['status', 'One. Two.'],
    ['alert', 'Fire!'],
  ]);
  vi.advanceTimersByTime(6_000);
  expect(regions().map((node) => node.textContent)).toEqual(['', '']);
  announcer.dispose();
  expect(regions()).toEqual([]);
});

test('prefers ariaNotify, and falls back when it is forbidden', () => {
  const notify = vi.fn();
  Object.assign(document, { ariaNotify: notify });
  const announcer = createAnnouncer(document);
  announcer.say('Hello', true);
  expect(notify).toHaveBeenCalledWith('Hello', { priority: 'high' });
  notify.mockImplementation(() => {
    throw new Error('not allowed');
  });
  announcer.say('Again');
  vi.advanceTimersByTime(200);
  expect(regions().map((node) => node.textContent)).toEqual(['Again', '']);
  announcer.dispose();
});

test('stands beside the body, is displayed whatever the page wants of a div, and comes back when the page drops it', () => {
  const page = document.createElement('style');
  page.textContent = 'div { display: none !important; visibility: hidden !important }';
  document.head.append(page);
  const announcer = createAnnouncer(document);
  for (const node of regions()) {
    expect(node.parentNode).toBe(document.documentElement);
    expect(node.getAttribute('style')).toMatch(/^all: initial !important; display: block !important;/);
    node.remove();
  }
  announcer.say('Here again.');
  vi.advanceTimersByTime(200);
  expect(regions().map((node) => node.textContent)).toEqual(['Here again.']);
  announcer.dispose();
  expect(regions()).toEqual([]);
  page.remove();
});
