/** `attache-chat/react`. */
export { AttacheChat, type AttacheChatProps } from './AttacheChat.tsx';
