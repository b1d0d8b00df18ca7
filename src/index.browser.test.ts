import { afterEach, expect, test, vi } from 'vitest';
import { type ChatElement, type ChatOptions, createChat } from './index.ts';

/** The whole chat on a page, with a service that nobody answers. */

// What the build puts in.
vi.stubGlobal('__VERSION__', '0');

let chat: ChatElement | null = null;
afterEach(() => {
  chat?.destroy();
  sessionStorage.clear();
  vi.restoreAllMocks();
});

function booted(options: Partial<ChatOptions> = {}): ChatElement {
  chat = createChat({ account: '1', domainApi: 'http://localhost:9', ...options });
  return chat;
}

const draftOf = (made: ChatElement) => made.shadowRoot?.querySelector('textarea')?.value;
const connectionOf = (made: ChatElement) => made.status().connection;

test('another identity keeps what is being written', async () => {
  const made = booted();
  made.newMessage('half a sentence');
  await expect.poll(() => draftOf(made)).toBe('half a sentence');
  const before = made.shadowRoot?.querySelector('textarea');
  made.identify({ getToken: async () => 'token' });
  await expect.poll(() => made.shadowRoot?.querySelector('textarea') === before).toBe(false);
  await expect.poll(() => draftOf(made)).toBe('half a sentence');
});

test('another identity connects no inline chat that nobody has turned to', async () => {
  const fetched = vi.spyOn(window, 'fetch');
  const made = booted({ mode: 'inline' });
  await expect.poll(() => draftOf(made)).toBe('');
  const told: string[] = [];
  made.on('connectionchange', ({ detail }) => told.push(detail.at));
  made.identify({ getToken: async () => 'token' });
  await expect.poll(() => draftOf(made)).toBe('');
  expect([told, connectionOf(made), fetched.mock.calls.length]).toEqual([[], 'idle', 0]);
});

test('another identity goes on listening where the panel is closed', async () => {
  sessionStorage.setItem('attache:1:begun', '1');
  const made = booted();
  await expect.poll(() => connectionOf(made)).toBe('waiting');
  made.identify({ getToken: async () => 'token' });
  await expect.poll(() => connectionOf(made)).toBe('waiting');
});

test('[R2] a chat that is shut down while it comes leaves nothing on the page and says nothing', async () => {
  const warned = vi.spyOn(console, 'warn');
  const listeners = new Set<unknown>();
  const add = window.addEventListener.bind(window);
  vi.spyOn(window, 'addEventListener').mockImplementation((...given: Parameters<typeof add>) => {
    if (given[0] === 'pagehide') listeners.add(given[1]);
    add(...given);
  });
  let added = 0;
  const remove = window.removeEventListener.bind(window);
  vi.spyOn(window, 'removeEventListener').mockImplementation((...given: Parameters<typeof remove>) => {
    if (listeners.delete(given[1])) added += 1;
    remove(...given);
  });
  const made = booted();
  made.open();
  made.shutdown();
  await expect.poll(() => added).toBe(1);
  expect([listeners.size, warned.mock.calls]).toEqual([0, []]);
});
