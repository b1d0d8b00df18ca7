import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { keepKeys } from './ownKeys.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
});

/** A chat's host with one field, and a page that listens first and in every phase. */
function setUp() {
  const heard: string[] = [];
  const listen = (event: KeyboardEvent) => heard.push(event.key);
  const host = document.createElement('div');
  const field = document.createElement('textarea');
  const inside: string[] = [];
  field.addEventListener('keydown', (event) => {
    inside.push(event.key);
    if (event.key === 'x') event.preventDefault();
  });
  host.attachShadow({ mode: 'open' }).append(field);
  document.body.append(host);
  cleanups.push(() => host.remove());
  const stop = keepKeys(host);
  cleanups.push(stop);
  for (const capture of [true, false]) document.addEventListener('keydown', listen, { capture });
  cleanups.push(() => {
    for (const capture of [true, false]) document.removeEventListener('keydown', listen, { capture });
  });
  return { heard, inside, field, stop };
}

test('keys typed in the chat are heard there and nowhere else, and still write', async () => {
  const { heard, inside, field } = setUp();
  field.focus();
  await userEvent.keyboard('ab');
  expect(inside).toEqual(['a', 'b']);
  expect(field.value).toBe('ab');
  expect(heard).toEqual([]);
});

test('what the chat keeps from happening does not happen', async () => {
  const { field } = setUp();
  field.focus();
  await userEvent.keyboard('axb');
  expect(field.value).toBe('ab');
});

test('keys of the page are left alone, and all of them afterwards', async () => {
  const { heard, field, stop } = setUp();
  const own = document.createElement('input');
  document.body.append(own);
  cleanups.push(() => own.remove());
  own.focus();
  await userEvent.keyboard('k');
  expect(heard).toEqual(['k', 'k']);
  stop();
  field.focus();
  await userEvent.keyboard('z');
  expect(heard).toContain('z');
});
