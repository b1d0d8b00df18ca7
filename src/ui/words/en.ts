import type { Rejection } from '../../model/attachment.ts';
import type { Delivery } from '../../model/transcript.ts';
import type { Failure } from '../../protocol/failure.ts';
import { fileTypeOf } from '../../protocol/fileTypes.ts';
import { createFormats, dayNumber, type Formats, isTime } from './format.ts';
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

function rejectionSentence(why: Rejection, f: Formats): string {
  switch (why.why) {
    case 'type':
      return why.extension
        ? `${why.extension.toUpperCase()} files cannot be sent here. Try a photo, a PDF or an Office file.`
        : 'This kind of file cannot be sent here. Try a photo, a PDF or an Office file.';
    case 'size':
      return `Larger than ${f.size(why.limit)}. Try a smaller version.`;
    case 'empty':
      return 'This file is empty. Try another one.';
    case 'mismatch':
      return why.extension
        ? `Its content is not what “.${why.extension}” says. Save it anew, or try another one.`
        : 'Its content is not what its name says. Save it anew, or try another one.';
    case 'folder':
      return 'Folders cannot be sent. Choose the files inside it.';
    case 'unreadable':
      return 'This file could not be read. If it lies in a cloud, download it first.';
    case 'pixels':
      return 'This picture has too many pixels. Try a smaller version.';
    case 'count':
      return f.plural(why.limit) === 'one'
        ? 'Only one file fits in a message. Send the rest after it.'
        : `Only ${f.number(why.limit)} files fit in a message. Send the rest after it.`;
    case 'sharing-off':
      return 'Files are switched off for this chat. Describe it in words instead.';
  }
}

function namesOf(names: readonly string[], f: Formats): string {
  if (names.length <= 3) return f.list(names);
  return f.list([...names.slice(0, 2), `${f.number(names.length - 2)} others`]);
}

/** What lines up in the transcript. */
function transcriptWords(f: Formats) {
  return {
    showEarlier: 'Show earlier messages',
    newLine: 'New',
    day(at: number, now: number) {
      if (!isTime(at)) return '';
      const days = dayNumber(now) - dayNumber(at);
      return days === 0 ? 'Today' : days === 1 ? 'Yesterday' : f.date(at, now);
    },
    joined: (name: string) => `${name} joined the conversation`,
    jump(unread: number) {
      if (unread === 0) return 'Jump to latest';
      return f.plural(unread) === 'one' ? '1 new message' : `${f.number(unread)} new messages`;
    },
    you: 'You',
    agent: 'Agent',
    robot: 'Assistant',
    byline: (name: string, at: number) => [name, f.time(at)].filter(Boolean).join(' · '),
    messageLabel: (m: { name: string; at: number; state: string }) =>
      [m.name, f.time(m.at), m.state].filter(Boolean).join(', '),
    isTyping: 'Typing',
    unsupported: 'This message cannot be shown here.',
    showMore: 'Show more',
  };
}

function fileWords(f: Formats) {
  return {
    rejection: (why: Rejection) => rejectionSentence(why, f),
    chooseAnother: 'Choose another',
    fileNames: (names: readonly string[]) => namesOf(names, f),
    removeFile: (name: string) => `Remove ${name}`,
    removeFiles: (names: readonly string[]) => `Remove ${namesOf(names, f)}`,
    captionFor: (name: string) => `Caption for ${name}`,
    caption: 'Caption',
    checking: (name: string) => `Checking ${name}`,
    cancelFile: (name: string) => `Cancel ${name}`,
    uploading: (name: string) => `Sending ${name}`,
    uploadFacts(file: { size: number; uploadSize: number; share: number }) {
      const sizes =
        file.uploadSize === file.size ? f.size(file.size) : `${f.size(file.size)} → ${f.size(file.uploadSize)}`;
      return `${sizes} · ${f.percent(file.share)}`;
    },
    downloadFile: (name: string) => `Download ${name}`,
    fileKind: (wire: string) => KINDS[fileTypeOf(wire)?.wire ?? ''] ?? 'File',
    couldNotLoad: 'Could not be loaded',
    couldNotSave: 'Could not be downloaded',
    photoAlt: (who: string | null, name: string) =>
      who === null ? `Photo you sent: ${name}` : `Photo from ${who}: ${name}`,
    openPhoto: (who: string | null, name: string) =>
      who === null ? `Open your photo: ${name}` : `Open photo from ${who}: ${name}`,
    dropTitle: 'Drop to send',
    dropOff: 'Files are switched off for this chat',
    accepted: (limits: { image: number; document: number }) =>
      [
        `Photos up to ${f.size(limits.image)}: JPG, PNG, GIF`,
        `Documents up to ${f.size(limits.document)}: PDF, Word, Excel, PowerPoint, text`,
      ] as const,
    photo: 'Photo',
    photoTitle: (who: string | null, at: number) =>
      [who === null ? 'Your photo' : `Photo from ${who}`, f.time(at)].filter(Boolean).join(' · '),
    closePhoto: 'Close photo',
    previousPhoto: 'Previous photo',
    nextPhoto: 'Next photo',
    showPhoto: (index: number, count: number) => `Photo ${f.number(index)} of ${f.number(count)}`,
  };
}

/** English. `locale` decides numbers and times only, e.g. `en-GB` for 14:04. */
export function english(locale = 'en'): Words {
  const f = createFormats(locale);
  return {
    locale,
    direction: 'ltr',
    format: f,
    chat: 'Chat',
    message: 'Message',
    send: 'Send',
    composerHint: 'Enter sends, Shift and Enter starts a new line.',
    attachFiles: 'Attach files',
    attachOff: 'Files are switched off for this chat. Words work as always.',
    closeChat: 'Close chat',
    menu: 'More options',
    conversation: 'Conversation',
    tray: 'Files to send',
    connecting: 'Connecting…',
    reconnecting: 'Reconnecting…',
    notConnected: 'Not connected',
    conversationEnded: 'Conversation ended',
    keepsMessages: 'Reconnecting. Your messages are kept and will be sent.',
    unreachable: 'The chat cannot be reached just now. Your messages are kept.',
    refusedToConnect: (why) =>
      why.kind === 'refused' && (why.code === 401 || why.code === 403 || why.code === 4401)
        ? 'You have been signed out of the chat. Your messages are kept.'
        : 'The chat cannot be reached just now. Your messages are kept.',
    tryAgain: 'Try again',
    endConversation: 'End conversation',
    endQuestion: 'End this conversation?',
    endConsequence: 'You can still read it here, and start a new one any time.',
    keepChatting: 'Keep chatting',
    writeToStartAnew: 'Write a message to start a new one.',
    ...transcriptWords(f),
    state: stateOf,
    stateLine: (at, state) => [f.time(at), state].filter(Boolean).join(' · '),
    retry: 'Retry',
    sendAgain: 'Send again',
    remove: 'Remove',
    failure: failureSentence,
    ...fileWords(f),
    said: (name, what) => `${name} said: ${what}`,
    sentFile: (name, file) => `${name} sent ${file}`,
    newMessages: (count, lastFrom) => `${f.number(count)} new messages, the latest from ${lastFrom}`,
    typingNow: (name) => `${name} is typing`,
    notSent: (sentence) => `Not sent. ${sentence}`,
    refusedFile: (name, sentence) => `${name}: ${sentence}`,
  };
}
