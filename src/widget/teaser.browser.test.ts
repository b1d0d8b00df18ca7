import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ChatElement, ChatStatus } from './api.ts';
import { startTeaser } from './teaser.ts';

/** Beside a launcher that is only an element with events. */
function chatWith(status: Partial<ChatStatus> = {}) {
  const chat = document.createElement('div') as unknown as ChatElement;
  chat.attachShadow({ mode: 'open' });
  document.body.append(chat);
  const opened = vi.fn();
  Object.assign(chat, {
    open: opened,
    status: () => ({ booted: true, open: false, hidden: false, unread: 0, connection: 'idle', ...status }),
    on(event: string, listener: EventListener) {
      chat.addEventListener(event, listener);
      return () => chat.removeEventListener(event, listener);
    },
  });
  const buttons = () => [...(chat.shadowRoot?.querySelectorAll('button') ?? [])];
  return { chat, opened, buttons, texts: () => buttons().map(({ textContent }) => textContent) };
}

const teaser = { text: 'Questions about sowing?', account: '1' };
const TEN_SECONDS = 10_000;

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
  sessionStorage.clear();
  document.body.replaceChildren();
});

test('comes after ten seconds, takes no focus, and once a session', () => {
  const { chat, texts } = chatWith();
  startTeaser(chat, teaser);
  vi.advanceTimersByTime(TEN_SECONDS - 1);
  expect(texts()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(texts()).toEqual(['Questions about sowing?', '✕']);
  expect(document.activeElement).toBe(document.body);
  const next = chatWith();
  startTeaser(next.chat, teaser);
  vi.advanceTimersByTime(TEN_SECONDS);
  expect(next.texts()).toEqual([]);
});

test('opens the chat or is dismissed, and goes with either', () => {
  const { chat, opened, buttons, texts } = chatWith();
  startTeaser(chat, teaser);
  vi.advanceTimersByTime(TEN_SECONDS);
  buttons()[0]?.click();
  expect(opened).toHaveBeenCalledTimes(1);
  chat.dispatchEvent(new Event('open'));
  expect([texts(), chat.shadowRoot?.adoptedStyleSheets.length]).toEqual([[], 0]);
  sessionStorage.clear();
  const next = chatWith();
  startTeaser(next.chat, teaser);
  vi.advanceTimersByTime(TEN_SECONDS);
  next.buttons()[1]?.click();
  expect(next.texts()).toEqual([]);
});

test('waits until nobody writes', () => {
  const { chat, texts } = chatWith();
  const field = document.createElement('input');
  document.body.append(field);
  field.focus();
  startTeaser(chat, teaser);
  vi.advanceTimersByTime(TEN_SECONDS);
  expect(texts()).toEqual([]);
  field.blur();
  vi.advanceTimersByTime(1);
  expect(texts()).toHaveLength(2);
});

test.each<[string, Partial<ChatStatus>, () => void]>([
  ['the chat is open', { open: true }, () => {}],
  ['the chat is hidden', { hidden: true }, () => {}],
  ['the widget is gone', { booted: false }, () => {}],
  ['the page asks for quiet', {}, () => document.body.append(quiet())],
  ['it cannot be remembered', {}, () => vi.spyOn(Storage.prototype, 'setItem').mockImplementation(refuse)],
])('does not come where %s', (_, status, prepare) => {
  const { chat, texts } = chatWith(status);
  prepare();
  startTeaser(chat, teaser);
  vi.advanceTimersByTime(TEN_SECONDS);
  vi.restoreAllMocks();
  expect(texts()).toEqual([]);
});

test('stopped it comes no more', () => {
  const { chat, texts } = chatWith();
  startTeaser(chat, teaser)();
  vi.advanceTimersByTime(TEN_SECONDS);
  expect(texts()).toEqual([]);
});

function quiet(): HTMLElement {
  const mark = document.createElement('div');
  mark.dataset.chatQuiet = '';
  return mark;
}

function refuse(): never {
  throw new DOMException('no', 'SecurityError');
}
