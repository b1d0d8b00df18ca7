import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ChatElement, ChatStatus, Place, Widget } from '../widget/api.ts';
import { createGuest, type Door } from './guest.ts';

/** The facade in a real browser, with a widget that only notes what it is asked. */

let chat: ChatElement | null = null;
afterEach(() => {
  chat?.destroy();
  vi.restoreAllMocks();
});

function guest(load?: () => Promise<void>) {
  const asked: string[] = [];
  const events: string[] = [];
  let loads = 0;
  let place: Place | null = null;
  const state: { -readonly [K in keyof ChatStatus]?: ChatStatus[K] } = { open: false, unread: 0, connection: 'idle' };
  const note =
    (verb: string, then = () => {}) =>
    (...args: unknown[]) => {
      asked.push([verb, ...args].join(' '));
      then();
    };
  function createWidget(given: Place): Widget {
    place = given;
    const turn = (open: boolean) => () => {
      if (state.open === open) return;
      state.open = open;
      given.tell(open ? 'open' : 'close', {});
    };
    return {
      open: note('open', turn(true)),
      prepare: note('prepare'),
      close: note('close', turn(false)),
      resume: note('resume'),
      update: note('update'),
      newMessage: note('newMessage'),
      attach: note('attach'),
      forget: async () => note('forget')(),
      status: () => state as ReturnType<Widget['status']>,
      diagnostics: () => ({}) as ReturnType<Widget['diagnostics']>,
      destroy: note('destroy'),
    };
  }
  const door: Door = {
    async load() {
      loads += 1;
      await load?.();
      return { createWidget };
    },
  };
  const made = createGuest(document.createElement('attache-chat'), door);
  chat = made;
  for (const event of ['ready', 'beforeopen', 'open', 'close', 'error', 'destroy'] as const) {
    made.on(event, ({ type }) => events.push(type.slice('attache:'.length)));
  }
  const launcher = () => made.shadowRoot?.querySelector('button') as HTMLButtonElement;
  return { chat: made, asked, events, launcher, loads: () => loads, place: () => place as unknown as Place };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('before anybody cares', () => {
  test('nothing is on the page before boot, and verbs without an account do nothing', async () => {
    const { chat, loads } = guest();
    chat.setTheme('dark');
    chat.open();
    chat.boot();
    await settled();
    expect([chat.isConnected, chat.shadowRoot, loads()]).toEqual([false, null, 0]);
  });

  test('boot puts a launcher beside the body and loads nothing; a second boot is update', async () => {
    const { chat, events, launcher, loads } = guest();
    chat.boot({ account: '1' });
    chat.boot({ brandColor: '#ffe08a', offset: { block: 90, inline: 12 } });
    expect(chat.parentElement).toBe(document.documentElement);
    expect(events).toEqual(['ready']);
    const { bottom, right } = launcher().getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    expect([clientHeight - bottom, clientWidth - right]).toEqual([90, 12]);
    // Dark ink on a light colour.
    expect(getComputedStyle(launcher()).color).toMatch(/^lch\(0 |^rgb\(0, 0, 0\)/);
    await settled();
    expect(loads()).toBe(0);
  });

  test('verbs that need no chat load none', async () => {
    const { chat, loads } = guest();
    chat.boot({ account: '1' });
    chat.setOffset({ block: 5 });
    chat.setTheme('dark');
    chat.setLocale('nl');
    chat.identify({ jwt: 'x' });
    chat.consent(false);
    chat.hide();
    expect(getComputedStyle(chat).display).toBe('none');
    chat.show();
    chat.close();
    chat.once('open', () => {})();
    await chat.ready();
    await settled();
    expect(chat.status()).toEqual({ booted: true, hidden: false, open: false, unread: 0, connection: 'idle' });
    expect(chat.diagnostics()).toBeNull();
    expect(loads()).toBe(0);
  });

  test('ready waits for boot', async () => {
    const { chat } = guest();
    const called: unknown[] = [];
    const ready = chat.ready((given) => called.push(given));
    await settled();
    expect(called).toEqual([]);
    chat.boot({ account: '1' });
    expect(await ready).toBe(chat);
    expect(called).toEqual([chat]);
  });

  test('a consumer who has begun on an earlier page is resumed when the page is idle', async () => {
    sessionStorage.setItem('attache:7:begun', '1');
    const { chat, asked } = guest();
    chat.boot({ account: '7' });
    expect(asked).toEqual([]);
    await vi.waitFor(() => expect(asked).toEqual(['resume']));
    sessionStorage.clear();
  });

  test('intent loads ahead, unless the consumer saves data', async () => {
    const { chat, launcher, loads, asked } = guest();
    chat.boot({ account: '1' });
    const saving = vi.spyOn(navigator, 'connection' as never, 'get');
    saving.mockReturnValue({ saveData: true } as never);
    launcher().dispatchEvent(new PointerEvent('pointerenter'));
    expect(loads()).toBe(0);
    saving.mockReturnValue({ saveData: false } as never);
    launcher().dispatchEvent(new PointerEvent('pointerenter'));
    await settled();
    expect([loads(), asked]).toEqual([1, ['prepare']]);
  });
});

describe('opening', () => {
  test('a press opens, another closes, each told once', async () => {
    const { chat, events, launcher, asked } = guest();
    chat.boot({ account: '1' });
    launcher().click();
    expect(launcher().hasAttribute('aria-busy')).toBe(true);
    await settled();
    launcher().click();
    await settled();
    expect(events).toEqual(['ready', 'beforeopen', 'open', 'close']);
    expect(asked.map((line) => line.split(' ')[0])).toEqual(['open', 'close']);
  });

  test('a chat that is open is not opened again, and open without an act of the consumer takes no focus', async () => {
    const { chat, events, asked } = guest();
    chat.boot({ account: '1' });
    chat.open();
    chat.open();
    await settled();
    expect(events.filter((event) => event !== 'ready')).toEqual(['beforeopen', 'open']);
    expect(asked[0]).toBe('open false');
  });

  test('who prevents beforeopen keeps it closed, and nothing is loaded', async () => {
    const { chat, events, loads } = guest();
    chat.boot({ account: '1' });
    chat.once('beforeopen', (event) => event.preventDefault());
    chat.open();
    await settled();
    expect([events, loads()]).toEqual([['ready', 'beforeopen'], 0]);
    chat.open();
    await settled();
    expect(chat.status().open).toBe(true);
  });

  test('closed while it loads it stays closed', async () => {
    const { chat, events } = guest(settled as () => Promise<void>);
    chat.boot({ account: '1' });
    chat.open();
    chat.toggle();
    await settled();
    await settled();
    expect(events).toEqual(['ready', 'beforeopen']);
  });

  test('text and files go in before it opens', async () => {
    const { chat, asked } = guest();
    chat.boot({ account: '1' });
    chat.newMessage('hello');
    chat.attach([new File(['x'], 'x.png')]);
    await settled();
    expect(asked.map((line) => line.split(' ')[0])).toEqual(['newMessage', 'open', 'attach', 'open']);
  });

  test('what cannot be loaded is told once and tried again at the next press', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const lost = new Set(['first']);
    const { chat, events, launcher } = guest(async () => {
      if (lost.size > 0) throw new TypeError('Failed to fetch');
    });
    chat.boot({ account: '1' });
    launcher().click();
    await settled();
    expect(events).toEqual(['ready', 'beforeopen', 'error']);
    expect(warned).toHaveBeenCalledTimes(1);
    expect(launcher().hasAttribute('aria-busy')).toBe(false);
    lost.clear();
    launcher().click();
    await settled();
    expect(chat.status().open).toBe(true);
  });
});

describe('leaving', () => {
  test('shutdown takes everything off the page; boot begins again with the same listeners', async () => {
    const { chat, asked, events } = guest();
    chat.boot({ account: '1' });
    chat.open();
    await settled();
    chat.shutdown();
    chat.shutdown();
    expect(chat.shadowRoot?.childElementCount).toBe(0);
    expect(chat.shadowRoot?.adoptedStyleSheets).toHaveLength(0);
    expect(asked.at(-1)).toBe('destroy');
    chat.boot();
    expect(events).toEqual(['ready', 'beforeopen', 'open', 'destroy', 'ready']);
  });

  test('a widget that comes after shutdown is destroyed at once', async () => {
    const { chat, asked, events } = guest(settled as () => Promise<void>);
    chat.boot({ account: '1' });
    chat.open();
    chat.destroy();
    chat.boot();
    await settled();
    await settled();
    expect(asked).toEqual(['destroy']);
    expect(events).toEqual(['ready', 'beforeopen', 'destroy', 'ready']);
  });

  test('fifty times there and gone leave the page as it was', async () => {
    const { chat, asked } = guest();
    const before = [document.querySelectorAll('*').length, document.adoptedStyleSheets.length];
    for (let time = 0; time < 50; time += 1) {
      chat.boot({ account: '1' });
      chat.open();
      await settled();
      chat.destroy();
    }
    expect([document.querySelectorAll('*').length, document.adoptedStyleSheets.length]).toEqual(before);
    expect(asked.filter((line) => line === 'destroy')).toHaveLength(50);
  });
});

test('keys on the launcher are not the page’s', () => {
  const { chat, launcher } = guest();
  const heard: string[] = [];
  const listen = ({ type }: Event) => heard.push(type);
  for (const type of ['keydown', 'keyup', 'keypress']) document.addEventListener(type, listen);
  chat.boot({ account: '1' });
  for (const type of ['keydown', 'keypress', 'keyup']) {
    launcher().dispatchEvent(new KeyboardEvent(type, { key: ' ', bubbles: true, composed: true }));
  }
  for (const type of ['keydown', 'keyup', 'keypress']) document.removeEventListener(type, listen);
  expect(heard).toEqual([]);
});

test('a widget’s options are those of the moment', async () => {
  const { chat, place, asked } = guest();
  chat.boot({ account: '1', theme: 'light' });
  chat.open();
  await settled();
  chat.setTheme('dark');
  await settled();
  expect(place().options()).toEqual({ account: '1', theme: 'dark' });
  expect(asked.at(-1)).toBe('update');
});
