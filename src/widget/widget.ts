/** Entry of the bundle that the loader imports when somebody cares. */
export { type Chat, type ChatEvents, createChat } from './createChat.ts';
export type { ChatOptions } from './options.ts';
