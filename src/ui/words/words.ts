import type { Rejection } from '../../model/attachment.ts';
import type { Delivery } from '../../model/transcript.ts';
import type { Failure } from '../../protocol/failure.ts';
import type { FileLimits } from '../../protocol/fileTypes.ts';
import type { Formats } from './format.ts';

/** Everything the panel says, in one language. Components never join pieces: each sentence is made here. */
export interface Words {
  /** BCP 47, for `lang` and for numbers and times. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  readonly format: Formats;

  // Names of things
  readonly chat: string;
  readonly message: string;
  readonly send: string;
  readonly composerHint: string;
  readonly attachFiles: string;
  readonly attachOff: string;
  readonly closeChat: string;
  readonly menu: string;
  readonly conversation: string;
  readonly tray: string;

  // Header and connection
  readonly connecting: string;
  readonly reconnecting: string;
  readonly notConnected: string;
  readonly conversationEnded: string;
  readonly keepsMessages: string;
  readonly unreachable: string;
  refusedToConnect(why: Failure): string;
  readonly tryAgain: string;

  // Ending
  readonly endConversation: string;
  readonly endQuestion: string;
  readonly endConsequence: string;
  readonly keepChatting: string;
  readonly writeToStartAnew: string;

  // Transcript
  readonly showEarlier: string;
  readonly newLine: string;
  day(at: number, now: number): string;
  joined(name: string): string;
  jump(unread: number): string;
  readonly you: string;
  readonly agent: string;
  readonly robot: string;
  byline(name: string, at: number): string;
  messageLabel(message: { name: string; at: number; state: string }): string;
  readonly isTyping: string;
  readonly unsupported: string;
  readonly showMore: string;

  // How far an own message has come
  state(delivery: Delivery['at'], online: boolean): string;
  stateLine(at: number, state: string): string;
  readonly retry: string;
  readonly sendAgain: string;
  readonly remove: string;
  failure(why: Failure, what: 'message' | 'file'): string;

  // Files
  rejection(why: Rejection): string;
  readonly chooseAnother: string;
  /** Names of several files refused for one reason: "a.jpg, b.jpg and 10 others". */
  fileNames(names: readonly string[]): string;
  removeFile(name: string): string;
  removeFiles(names: readonly string[]): string;
  captionFor(name: string): string;
  readonly caption: string;
  checking(name: string): string;
  cancelFile(name: string): string;
  uploading(name: string): string;
  /** The quiet line under an upload. `share` 0 to 1. */
  uploadFacts(file: { size: number; uploadSize: number; share: number }): string;
  downloadFile(name: string): string;
  fileKind(wire: string): string;
  readonly couldNotLoad: string;
  readonly couldNotSave: string;
  photoAlt(who: string | null, name: string): string;
  openPhoto(who: string | null, name: string): string;

  // Drop
  readonly dropTitle: string;
  readonly dropOff: string;
  /** Two lines: photos, documents. */
  accepted(limits: FileLimits): readonly [string, string];

  // Lightbox
  readonly photo: string;
  photoTitle(who: string | null, at: number): string;
  readonly closePhoto: string;
  readonly previousPhoto: string;
  readonly nextPhoto: string;
  showPhoto(index: number, count: number): string;

  // Said to screen readers
  said(name: string, what: string): string;
  sentFile(name: string, file: string): string;
  newMessages(count: number, lastFrom: string): string;
  typingNow(name: string): string;
  notSent(sentence: string): string;
  refusedFile(name: string, sentence: string): string;
}
