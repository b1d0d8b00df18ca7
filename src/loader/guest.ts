import type { Chat, ChatElement, ChatEvents, ChatOptions, Widget } from '../widget/widget.ts';
import { createLauncher } from './launcher.ts';

/** How a door comes by what is not on the page yet. */
export interface Door {
  load(): Promise<Pick<typeof import('../widget/widget.ts'), 'createWidget'>>;
}

export function warn(...what: unknown[]): void {
  console.warn('Attaché:', ...what);
}

/** Whether an earlier page has left something to come back to; the name is net/storedKeys' own. */
function hasBegun({ account, persistence }: ChatOptions): boolean {
  try {
    return !!(persistence === 'local' ? localStorage : sessionStorage).getItem(`attache:${account}:begun`);
  } catch {
    return false;
  }
}

/** Keys that press our launcher are not the page's shortcuts (USERS §13). */
const keepKeys = (event: Event) => event.stopPropagation();

/**
 * Makes a chat of an element: its verbs, its launcher and, once somebody cares, its widget. Nothing is to be seen before `boot`.
 * Every byte here is paid by each page of a brand: what can wait for the widget belongs to the widget.
 */
export function createGuest(element: HTMLElement, door: Door): ChatElement {
  let options = {} as ChatOptions;
  let launcher: HTMLButtonElement | null = null;
  let loading: Promise<Widget> | null = null;
  let widget: Widget | null = null;
  /** The panel is open or about to be. */
  let wanted = false;

  function tell<E extends keyof ChatEvents>(event: E, detail: ChatEvents[E], cancelable = false): boolean {
    if (event === 'open' || event === 'close') want(event === 'open');
    return element.dispatchEvent(new CustomEvent(`attache:${event}`, { detail, cancelable, bubbles: true }));
  }

  function want(it: boolean): void {
    wanted = it;
    launcher?.toggleAttribute('aria-busy', it && !widget);
  }

  function update(more?: Partial<ChatOptions>): void {
    options = { ...options, ...more };
    if (!launcher) return;
    const { brandColor, offset, mode } = options;
    const set = (name: string, value: unknown, unit = '') =>
      element.style.setProperty(`--attache-${name}`, value === undefined ? '' : `${value}${unit}`);
    set('launcher', brandColor);
    set('offset-block', offset?.block, 'px');
    set('offset-inline', offset?.inline, 'px');
    launcher.style.display = mode === 'inline' ? 'none' : '';
    if (widget) void ask((made) => made.update());
  }

  /** Somebody is about to press the launcher: our own code, the panel unseen, and nothing where bytes are dear. */
  function preload(): void {
    const { connection } = navigator as { connection?: { saveData?: boolean } };
    if (!connection?.saveData) void ask((made) => made.prepare());
  }

  async function make(made: HTMLButtonElement): Promise<Widget> {
    const { createWidget } = await door.load();
    return createWidget({ host: element, launcher: made, options: () => options, tell });
  }

  /** Does it once there is a widget. Settles when it is done; what goes wrong is told. */
  async function ask(act: (widget: Widget) => unknown): Promise<void> {
    if (!launcher) return;
    loading ??= make(launcher);
    const mine = loading;
    try {
      const made = await mine;
      // Shut down meanwhile, perhaps booted again.
      if (mine !== loading) return made.destroy();
      widget = made;
      await act(made);
    } catch (error) {
      warn(error);
      if (widget || mine !== loading) return;
      // The next press tries again: a lost chunk is most often a lost network.
      loading = null;
      want(false);
      tell('error', { reason: 'load' });
    }
  }

  function boot(more?: Partial<ChatOptions>): void {
    update(more);
    if (launcher || !options.account) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    launcher = createLauncher(root);
    launcher.onkeydown = launcher.onkeyup = launcher.onkeypress = keepKeys;
    launcher.onclick = chat.toggle;
    // A touch enters, too.
    launcher.onpointerenter = launcher.onfocus = preload;
    // Beside the body, which some pages exchange for another one.
    if (!element.isConnected) document.documentElement.append(element);
    update();
    tell('ready', {});
    const mine = launcher;
    // A consumer who has written before gets the unread badge, and a box its panel, when the page has nothing better to do.
    if (options.mode === 'inline' || hasBegun(options)) {
      (window.requestIdleCallback ?? setTimeout)(() => mine === launcher && ask((made) => made.resume()));
    }
  }

  function shutdown(): void {
    if (!launcher) return;
    widget?.destroy();
    const root = element.shadowRoot as ShadowRoot;
    root.replaceChildren();
    root.adoptedStyleSheets = [];
    launcher = loading = widget = null;
    wanted = false;
    tell('destroy', {});
  }

  function show(then?: (made: Widget) => void): void {
    // A page that calls without an act of the consumer gets the panel, and not the focus.
    const focus = navigator.userActivation?.isActive ?? true;
    if (!wanted && !tell('beforeopen', {}, true)) return;
    want(!!launcher);
    void ask((made) => {
      then?.(made);
      if (wanted) made.open(focus);
    });
  }

  const chat: ChatElement = Object.assign<HTMLElement, Chat>(element, {
    boot,
    update,
    shutdown,
    destroy() {
      shutdown();
      element.remove();
    },
    open: () => show(),
    close() {
      want(false);
      widget?.close();
    },
    toggle: () => (wanted ? chat.close() : show()),
    hide() {
      chat.close();
      element.hidden = true;
    },
    show() {
      element.hidden = false;
    },
    newMessage: (text) => show((made) => made.newMessage(text)),
    attach: (files) => show((made) => made.attach(files)),
    identify: update as Chat['identify'],
    setOffset: (offset) => update({ offset }),
    setTheme: (theme) => update({ theme }),
    setLocale: (locale) => update({ locale }),
    consent(consent) {
      update({ consent });
      // What an earlier page has stored goes as soon as the consumer says no.
      if (!consent && launcher && hasBegun(options)) void ask(() => {});
    },
    forget: () => ask((made) => made.forget()),
    on(event, listener, how?: AddEventListenerOptions) {
      element.addEventListener(`attache:${event}`, listener as EventListener, how);
      return () => chat.off(event, listener);
    },
    once: (event, listener) => (chat.on as (...args: unknown[]) => () => void)(event, listener, { once: true }),
    off: (event, listener) => element.removeEventListener(`attache:${event}`, listener as EventListener),
    async ready(callback) {
      if (!launcher) await new Promise<unknown>((resolve) => chat.on('ready', resolve));
      callback?.(chat);
      return chat;
    },
    status: () => ({
      booted: !!launcher,
      hidden: !!element.hidden,
      ...(widget?.status() ?? { open: false, unread: 0, connection: 'idle' }),
    }),
    diagnostics: () => widget?.diagnostics() ?? null,
  });
  return chat;
}
