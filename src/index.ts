import { type AttacheElement, defineElement as define } from './loader/element.ts';
import { createGuest, type Door } from './loader/guest.ts';
import type { ChatElement } from './widget/api.ts';
import type { ChatOptions } from './widget/options.ts';

export type { Chat, ChatElement, ChatEvents, ChatListener, ChatStatus } from './widget/api.ts';
export { maskCardNumbers } from './widget/maskCardNumbers.ts';
export type * from './widget/options.ts';
export type { AttacheElement };

/** The bundler of the page makes a chunk of it; importing this module does not load it. */
const door: Door = { load: () => import('./widget/widget.ts') };

/**
 * A chat on this page: its launcher at once, the rest when somebody presses it. `element` is the host to live in, e.g. one
 * that stands in a box of the page for `mode: 'inline'`; without it one is made.
 */
export function createChat(
  options: ChatOptions,
  element: HTMLElement = document.createElement('attache-chat'),
): ChatElement {
  const chat = 'boot' in element ? (element as ChatElement) : createGuest(element, door);
  chat.boot(options);
  return chat;
}

/** Defines `<attache-chat>`; harmless where it is defined already, and in Node. */
export function defineElement(): void {
  if (typeof customElements !== 'undefined' && !customElements.get('attache-chat')) define(door);
}
