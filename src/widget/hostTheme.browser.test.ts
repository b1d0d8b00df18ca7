import { afterEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { followHostTheme } from './hostTheme.ts';
import { type Look, lookOf } from './look.ts';

const html = document.documentElement;
let stop = () => {};
afterEach(() => {
  stop();
  html.style.colorScheme = '';
});

test.each([
  ['', 'light'],
  ['light', 'light'],
  ['dark', 'dark'],
  ['only dark', 'dark'],
  ['light dark', 'auto'],
])('a page with color-scheme "%s" has the scheme %s', (declared, scheme) => {
  html.style.colorScheme = declared;
  expect(lookOf({ account: '1', theme: 'host' }).scheme).toBe(scheme);
});

test('a page that changes its scheme takes the panel along, until the widget goes', async () => {
  const look = createStore<Look>(() => lookOf({ account: '1', theme: 'host' }));
  stop = followHostTheme(look);
  html.style.colorScheme = 'dark';
  await vi.waitFor(() => expect(look.getState().scheme).toBe('dark'));
  stop();
  html.style.colorScheme = 'light';
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(look.getState().scheme).toBe('dark');
});
