import type { Chat, ChatElement } from '../widget/widget.ts';
import { defineElement } from './element.ts';
import { createGuest, type Door, warn } from './guest.ts';

/**
 * The script tag, beside which the widget lies; only readable while the script runs. Asked of the prototype, because a page's
 * `<img name="currentScript">` would otherwise say where code comes from.
 */
const script = Reflect.get(Document.prototype, 'currentScript', document) as HTMLScriptElement | null;
const base = script?.src || location.href;

type Command = readonly unknown[];
interface Attache {
  (...command: Command): unknown;
  q?: (Command | IArguments)[];
  loaded?: true;
}
interface Page {
  attache?: Attache;
  customElements?: CustomElementRegistry;
}

const door: Door = { load: () => import(/* @vite-ignore */ new URL(__WIDGET_PATH__, base).href) };

/** The one global: commands called before this script came are replayed in their order. */
function takeOver(): void {
  const page = window as unknown as Page;
  const waiting = page.attache?.q ?? [];
  if (page.attache?.loaded) return warn('loaded twice');
  let chat: HTMLElement | null = null;

  const attache: Attache = (verb, ...args) => {
    try {
      // The element that is on the page, or one that `boot` brings. Without custom elements it is made a chat here.
      chat ??= document.querySelector<HTMLElement>('attache-chat') ?? document.createElement('attache-chat');
      if (!('boot' in chat)) createGuest(chat, door);
      if (!Object.hasOwn(chat, verb as string)) return warn('no verb', verb);
      return ((chat as ChatElement)[verb as keyof Chat] as (...given: unknown[]) => unknown)(...args);
    } catch (error) {
      // Nothing of ours may break the page that we are a guest of.
      return warn(error);
    }
  };
  attache.loaded = true;
  page.attache = attache;
  const { customElements } = page;
  if (customElements && !customElements.get('attache-chat')) defineElement(door);
  for (const command of waiting) attache(...command);
}

// Not just truthy: an `<img name="prerendering">` would have it wait for ever.
if ((document as { prerendering?: unknown }).prerendering === true)
  document.addEventListener('prerenderingchange', takeOver, { once: true });
else takeOver();
