/** Entry of the bundle that the loader imports when somebody cares. */
export type { Chat, ChatElement, ChatEvents, ChatListener, ChatStatus, Place, Widget } from './api.ts';
export { createWidget } from './createWidget.ts';
export type { ChatOptions } from './options.ts';
