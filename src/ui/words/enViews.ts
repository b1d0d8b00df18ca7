import type { Rejection } from '../../model/attachment.ts';
import { outcomeWords, SHARING_OFF } from './enOutcomes.ts';
import { createFormats, dayNumber, type Formats, isTime } from './format.ts';
import type { TrayFacts, ViewWords } from './viewWords.ts';
import type { Words } from './words.ts';

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
      return 'This file could not be read: moved, changed or still in a cloud. Save it here, then choose it again.';
    case 'animation':
      return `Larger than ${f.size(why.limit)}, and an animation cannot be made smaller here. Try a shorter one.`;
    case 'heic':
      return 'This browser cannot open HEIC photos. Save it as JPEG, or send it from the phone that took it.';
    case 'pixels':
      return 'This picture has too many pixels. Try a smaller version.';
    case 'count':
      return f.plural(why.limit) === 'one'
        ? 'Only one file fits in a message. Send the rest after it.'
        : `Only ${f.number(why.limit)} files fit in a message. Send the rest after it.`;
    case 'sharing-off':
      return SHARING_OFF;
  }
}

function trayFactsOf({ shrunk, before, after, located }: TrayFacts, f: Formats): string {
  const sizes = `${f.size(before)} → ${f.size(after)}`;
  const smaller = f.plural(shrunk) === 'one' ? `Made smaller: ${sizes}` : `${f.number(shrunk)} made smaller: ${sizes}`;
  const removed = f.plural(located) === 'one' ? 'Location removed' : `Location removed from ${f.number(located)}`;
  return [shrunk > 0 && smaller, located > 0 && removed].filter(Boolean).join(' · ');
}

function namesOf(names: readonly string[], f: Formats): string {
  if (names.length <= 3) return f.list(names);
  return f.list([...names.slice(0, 2), `${f.number(names.length - 2)} others`]);
}

function fileWords(f: Formats) {
  return {
    tray: 'Files to send',
    rejection: (why: Rejection) => rejectionSentence(why, f),
    chooseAnother: 'Choose another',
    fileNames: (names: readonly string[]) => namesOf(names, f),
    removeFile: (name: string) => `Remove ${name}`,
    removeFiles: (names: readonly string[]) => `Remove ${namesOf(names, f)}`,
    captionFor: (name: string) => `Caption for ${name}`,
    caption: 'Caption',
    checking: (name: string) => `Checking ${name}`,
    trayFacts: (facts: TrayFacts) => trayFactsOf(facts, f),
    moveEarlier: (name: string) => `Move ${name} earlier`,
    moveLater: (name: string) => `Move ${name} later`,
    moved: (name: string, place: number, count: number) =>
      `${name} is now number ${f.number(place)} of ${f.number(count)}`,
    uploadFacts(file: { size: number; uploadSize: number; locationRemoved: boolean; share: number }) {
      const [picked, sent] = [f.size(file.size), f.size(file.uploadSize)];
      const sizes = picked === sent ? sent : `${picked} → ${sent}`;
      return [sizes, file.locationRemoved && 'location removed', f.percent(file.share)].filter(Boolean).join(' · ');
    },
    checkingArrival: 'Checking whether it arrived',
    cancelFile: (name: string) => `Cancel ${name}`,
    uploading: (name: string) => `Sending ${name}`,
    downloadFile: (name: string) => `Download ${name}`,
    couldNotSave: 'Could not be downloaded',
    photoAlt: (who: string | null, name: string) =>
      who === null ? `Photo you sent: ${name}` : `Photo from ${who}: ${name}`,
    openPhoto: (who: string | null, name: string) =>
      who === null ? `Open your photo: ${name}` : `Open photo from ${who}: ${name}`,
    photoNotLoaded: (name: string) => `${name} could not be loaded`,
    dropTitle: 'Drop to send',
    dropWords: 'Text and links are not files. Drop them into the message itself.',
    dropOff: 'Files are switched off for this chat',
    accepted: (limits: { image: number; document: number }) =>
      [
        `Photos: JPG, PNG, GIF; above ${f.size(limits.image)} they are made smaller`,
        `Documents up to ${f.size(limits.document)}: PDF, Word, Excel, PowerPoint, text`,
      ] as const,
    attachWays: 'Ways to attach',
    takePhoto: 'Take a photo',
    chooseFiles: 'Choose photos or files',
    pictureOffered: 'The text came with a picture.',
    addPicture: 'Add it too',
    leavePicture: 'Leave the picture out',
    photo: 'Photo',
    photoTitle: (who: string | null, at: number) =>
      [who === null ? 'Your photo' : `Photo from ${who}`, f.time(at)].filter(Boolean).join(' · '),
    closePhoto: 'Close photo',
    previousPhoto: 'Previous photo',
    nextPhoto: 'Next photo',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    showPhoto: (index: number, count: number) => `Photo ${f.number(index)} of ${f.number(count)}`,
  };
}

/** What lines up in the transcript. */
function transcriptWords(f: Formats) {
  return {
    conversation: 'Conversation',
    showEarlier: 'Show earlier messages',
    loadingEarlier: 'Looking further back …',
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
    byline: (name: string, at: number) => [name, f.time(at)].filter(Boolean).join(' · '),
    messageLabel: (m: { name: string; at: number; state: string }) =>
      [m.name, f.time(m.at), m.state].filter(Boolean).join(', '),
    showMore: 'Show more',
    stateLine: (at: number, state: string) => [f.time(at), state].filter(Boolean).join(' · '),
    retry: 'Retry',
    pickAgain: 'Pick again',
    sendAgain: 'Send again',
    remove: 'Remove',
  };
}

/** English, as `english`, with what the views say. */
export function englishViews(words: Words): ViewWords {
  const format = createFormats(words.locale);
  return {
    ...words,
    format,
    ...outcomeWords(format),
    menu: 'More options',
    endConversation: 'End conversation',
    endQuestion: 'End this conversation?',
    endConsequence: 'You can still read it here, and start a new one any time.',
    keepChatting: 'Keep chatting',
    writeToStartAnew: 'Write a message to start a new one.',
    ...transcriptWords(format),
    ...fileWords(format),
  };
}
