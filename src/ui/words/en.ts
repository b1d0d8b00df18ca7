import type { Delivery } from '../../model/message.ts';
import type { Failure } from '../../protocol/failure.ts';
import { fileTypeOf } from '../../protocol/fileTypes.ts';
import type { Words } from './words.ts';

const KINDS: Record<string, string> = {
  JPG: 'Photo',
  PNG: 'Photo',
  GIF: 'Photo',
  PDF: 'PDF document',
  DOCX: 'Word document',
  PPTX: 'PowerPoint presentation',
  XLSX: 'Excel sheet',
  TXT: 'Text file',
};

/** Said of a file before it is sent, and of one that was under way. */
export const SHARING_OFF = 'Files are switched off for this chat. Describe it in words instead.';

function stateOf(delivery: Delivery['at'], online: boolean): string {
  switch (delivery) {
    case 'sending':
      return online ? 'Sending' : 'Waiting to send';
    case 'failed':
      return 'Not sent';
    case 'unsure':
      return 'Not sure this arrived';
    case 'sent':
      return 'Sent';
    case 'delivered':
      return 'Delivered';
    case 'read':
      return 'Read';
  }
}

function refusedFile(code: number): string {
  if (code === 413) return 'The service found it too large. Try a smaller version.';
  if (code === 415) return 'The service does not take this kind of file. Try another one.';
  if (code === 429) return 'Too many files at once. Wait a moment, then retry.';
  if (code >= 500) return 'The file store is busy just now. Retry in a moment.';
  return 'The file was not accepted. Retry, or remove it.';
}

function refusedMessage(code: number): string {
  if (code === 413) return 'Too long to send at once. Try it in two messages.';
  if (code === 429) return 'Too many messages at once. Wait a moment, then retry.';
  if (code >= 500) return 'The chat is busy just now. Retry in a moment.';
  return 'Not accepted by the chat. Retry, or write it anew.';
}

function failureSentence(why: Failure, what: 'message' | 'file'): string {
  switch (why.kind) {
    case 'offline':
      return 'Not connected just now. Retry when you are back online.';
    case 'aborted':
      return 'Sending was stopped. Retry to send it.';
    case 'dropped':
      return what === 'file'
        ? 'The upload was cut off. Retry to go on.'
        : 'The connection was cut off. Retry to send it.';
    case 'timeout':
      return what === 'file' ? 'The upload stood still. Retry to go on.' : 'No answer came. Retry to send it.';
    case 'refused':
      return what === 'file' ? refusedFile(why.code) : refusedMessage(why.code);
    case 'garbled':
      return 'Something went wrong on our side. Retry to send it.';
  }
}

/** English. `locale` decides numbers and times only, e.g. `en-GB` for 14:04. */
export function english(locale = 'en'): Words {
  const numbers = new Intl.NumberFormat(locale);
  return {
    locale,
    direction: 'ltr',
    chat: 'Chat',
    message: 'Message',
    send: 'Send',
    composerHint: 'Enter sends, Shift and Enter starts a new line.',
    attachFiles: 'Attach files',
    attachOff: 'Files are switched off for this chat. Words work as always.',
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
    unsupported: 'This message cannot be shown here.',
    state: stateOf,
    failure: failureSentence,
    sharingOff: SHARING_OFF,
    fileKind: (wire) => KINDS[fileTypeOf(wire)?.wire ?? ''] ?? 'File',
    couldNotLoad: 'Could not be loaded',
    said: (name, what) => `${name} said: ${what}`,
    sentFile: (name, file) => `${name} sent ${file}`,
    newMessages: (count, lastFrom) => `${numbers.format(count)} new messages, the latest from ${lastFrom}`,
    typingNow: (name) => `${name} is typing`,
    notSent: (sentence) => `Not sent. ${sentence}`,
    refusedFile: (name, sentence) => `${name}: ${sentence}`,
  };
}
