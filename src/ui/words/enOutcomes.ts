import type { Delivery } from '../../model/message.ts';
import type { Failure } from '../../protocol/failure.ts';
import { fileTypeOf } from '../../protocol/fileTypes.ts';
import type { Formats } from './format.ts';

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
    case 'changed':
      return 'The file was changed or moved after it was picked. Pick it again.';
    case 'unreachable':
      return 'The file store cannot be reached from here. Try another network, then retry.';
    case 'blocked':
      return why.by === 'page'
        ? 'This page does not let files out. Describe it in words instead.'
        : 'The file store does not let this page in. Describe it in words, or retry later.';
    case 'garbled':
      return 'Something went wrong on our side. Retry to send it.';
  }
}

/** English: what has become of messages and files, and how it is said to screen readers. */
export function outcomeWords(f: Formats) {
  return {
    unsupported: 'This message cannot be shown here.',
    state: stateOf,
    failure: failureSentence,
    sharingOff: SHARING_OFF,
    fileKind: (wire: string) => KINDS[fileTypeOf(wire)?.wire ?? ''] ?? 'File',
    said: (name: string, what: string) => `${name} said: ${what}`,
    sentFile: (name: string, file: string) => `${name} sent ${file}`,
    newMessages: (count: number, lastFrom: string) => `${f.number(count)} new messages, the latest from ${lastFrom}`,
    typingNow: (name: string) => `${name} is typing`,
    notSent: (sentence: string) => `Not sent. ${sentence}`,
    refusedFile: (name: string, sentence: string) => `${name}: ${sentence}`,
  };
}
