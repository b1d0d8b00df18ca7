/** The npm door: `createChat(options).mount(shadowRoot)`. React and zustand are the page's own. */
export { type Chat, type ChatEvents, createChat } from './widget/createChat.ts';
export type { ChatOptions } from './widget/options.ts';
