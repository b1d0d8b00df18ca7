import type { Chat, ChatOptions } from '../widget/widget.ts';
import { createLauncher, inkOn, type Launcher } from './launcher.ts';

/** What the script tag's address is needed for: finding the widget beside it. Only readable while the script runs. */
const base = (document.currentScript as HTMLScriptElement | null)?.src || location.href;

type Command = IArguments | readonly unknown[];
interface Attache {
  (...command: unknown[]): void;
  q?: Command[];
  loaded?: true;
}

function warn(message: string, cause?: unknown): void {
  console.warn(`Attaché: ${message}`, ...(cause === undefined ? [] : [cause]));
}

function loadWidget(): Promise<typeof import('../widget/widget.ts')> {
  return import(/* @vite-ignore */ new URL(__WIDGET_PATH__, base).href);
}

/** Whether an earlier page has left something to come back to; the name is net/storedKeys' own. */
function hasBegun({ account, persistence }: ChatOptions): boolean {
  try {
    return (persistence === 'local' ? localStorage : sessionStorage).getItem(`attache:${account}:begun`) !== null;
  } catch {
    return false;
  }
}

function whenIdle(act: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(act, { timeout: 3_000 });
  else setTimeout(act, 1_000);
}

/** One widget on the page: its element, its launcher and, once somebody cares, its chat. */
function start(options: ChatOptions) {
  const host = document.createElement('attache-chat');
  const root = host.attachShadow({ mode: 'open' });
  let chat: Promise<Chat> | null = null;
  let open = false;
  let unread = 0;
  const launcher: Launcher = createLauncher(root, () => (open ? close() : openChat()));
  const color = options.brandColor;
  if (color) {
    host.style.setProperty('--attache-launcher', color);
    host.style.setProperty('--attache-launcher-ink', inkOn(color));
  }
  document.body.append(host);

  async function make(): Promise<Chat> {
    const { createChat } = await loadWidget();
    const made = createChat(options);
    made.on('open', () => {
      open = true;
      launcher.show({ open, busy: false, unread });
    });
    made.on('close', () => {
      open = false;
      launcher.show({ open, busy: false, unread });
      launcher.button.focus();
    });
    made.on('unreadchange', ({ count }) => {
      unread = count;
      launcher.show({ open, busy: false, unread });
    });
    made.mount(root);
    return made;
  }

  function openChat(): void {
    launcher.show({ open, busy: true, unread });
    chat ??= make();
    chat.then(
      (made) => made.open(),
      (error: unknown) => {
        // The next press tries again: a lost chunk is most often a lost network.
        chat = null;
        launcher.show({ open, busy: false, unread });
        warn('the chat could not be loaded. Press the button to try again.', error);
      },
    );
  }

  function close(): void {
    void chat?.then((made) => made.close());
  }

  // A consumer who has written before gets the unread badge, when the page has nothing better to do.
  if (hasBegun(options))
    whenIdle(() => {
      chat ??= make();
      chat.then(
        (made) => made.resume(),
        () => {
          chat = null;
        },
      );
    });

  return {
    open: openChat,
    close,
    destroy() {
      void chat?.then((made) => made.destroy());
      host.remove();
    },
  };
}

/** The one global: commands called before this script came are replayed in their order. */
function takeOver(): void {
  const page = window as unknown as { attache?: Attache };
  const waiting = page.attache?.q ?? [];
  if (page.attache?.loaded) return warn('the script is on this page twice; the second copy does nothing.');
  let widget: ReturnType<typeof start> | null = null;

  function obey(verb: unknown, detail: unknown): void {
    switch (verb) {
      case 'boot':
        if (widget) return warn('boot was called twice; the second call does nothing.');
        widget = start(detail as ChatOptions);
        return;
      case 'open':
        return widget?.open();
      case 'close':
        return widget?.close();
      case 'destroy':
        widget?.destroy();
        widget = null;
        return;
      default:
        warn(`unknown command "${String(verb)}".`);
    }
  }
  const attache: Attache = (verb, detail) => {
    try {
      obey(verb, detail);
    } catch (error) {
      // Nothing of ours may break the page that we are a guest of.
      warn('a command failed.', error);
    }
  };
  attache.loaded = true;
  page.attache = attache;
  for (const [verb, detail] of Array.from(waiting, (command) => Array.from(command))) attache(verb, detail);
}

takeOver();
