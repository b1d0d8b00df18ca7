import type { Words } from './words.ts';

/** A local time as names of files have it, without colons and slashes: "2026-03-03 14.00.09". */
function fileTime(at: number): string {
  const date = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
}

/** English. `locale` decides numbers and times only, e.g. `en-GB` for 14:04. */
export function english(locale = 'en'): Words {
  return {
    locale,
    direction: 'ltr',
    chat: 'Chat',
    message: 'Message',
    send: 'Send',
    composerHint: 'Enter sends, Shift and Enter starts a new line.',
    attachFiles: 'Attach files',
    attachOff: 'Files are switched off for this chat. Words work as always.',
    pastedName: (at) => `Screenshot ${fileTime(at)}`,
    closeChat: 'Close chat',
    welcome: 'Hello. How can we help?',
    welcomeHint: 'Ask anything, or show us: drop photos and files anywhere in this window.',
    connecting: 'Connecting…',
    reconnecting: 'Reconnecting…',
    notConnected: 'Not connected',
    conversationEnded: 'Conversation ended',
    keepsMessages: 'Reconnecting. Your messages are kept and will be sent.',
    unreachable: 'The chat cannot be reached just now. Your messages are kept.',
    refusedToConnect: (why) =>
      why.kind === 'refused' && (why.code === 401 || why.code === 403 || why.code === 4401)
        ? 'Sign in again to continue. Your draft is kept.'
        : 'The chat cannot be reached just now. Your messages are kept.',
    tryAgain: 'Try again',
    you: 'You',
    agent: 'Agent',
    robot: 'Assistant',
    couldNotLoad: 'Could not be loaded',
  };
}
