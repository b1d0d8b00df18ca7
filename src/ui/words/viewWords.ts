import type { Rejection } from '../../model/attachment.ts';
import type { Delivery } from '../../model/message.ts';
import type { Failure } from '../../protocol/failure.ts';
import type { FileLimits } from '../../protocol/fileTypes.ts';
import type { Formats } from './format.ts';
import type { Words } from './words.ts';

/** What was done to files before they are sent. */
export interface TrayFacts {
  /** Files made smaller, and bytes of all of them before and after. */
  readonly shrunk: number;
  readonly before: number;
  readonly after: number;
  /** Files that said where they were taken, and no longer do. */
  readonly located: number;
}

/** Everything the views say, in one language: the panel's words and those that come with the views. */
export interface ViewWords extends Words {
  readonly format: Formats;

  // What has become of messages and files
  state(delivery: Delivery['at'], online: boolean): string;
  failure(why: Failure, what: 'message' | 'file'): string;
  /** Why a file that was under way is refused once the account has file sharing switched off. */
  readonly sharingOff: string;
  fileKind(wire: string): string;
  readonly unsupported: string;

  // Said to screen readers
  said(name: string, what: string): string;
  sentFile(name: string, file: string): string;
  newMessages(count: number, lastFrom: string): string;
  typingNow(name: string): string;
  notSent(sentence: string): string;
  refusedFile(name: string, sentence: string): string;

  // Menu and ending
  readonly menu: string;
  readonly endConversation: string;
  readonly endQuestion: string;
  readonly endConsequence: string;
  readonly keepChatting: string;
  readonly writeToStartAnew: string;

  // Transcript
  readonly conversation: string;
  readonly showEarlier: string;
  readonly loadingEarlier: string;
  readonly newLine: string;
  day(at: number, now: number): string;
  joined(name: string): string;
  jump(unread: number): string;
  byline(name: string, at: number): string;
  messageLabel(message: { name: string; at: number; state: string }): string;
  readonly showMore: string;
  stateLine(at: number, state: string): string;
  readonly retry: string;
  /** Beside a file that has changed since it was picked. */
  readonly pickAgain: string;
  readonly sendAgain: string;
  readonly remove: string;

  // Tray
  readonly tray: string;
  rejection(why: Rejection): string;
  readonly chooseAnother: string;
  /** Names of several files refused for one reason: "a.jpg, b.jpg and 10 others". */
  fileNames(names: readonly string[]): string;
  removeFile(name: string): string;
  removeFiles(names: readonly string[]): string;
  captionFor(name: string): string;
  readonly caption: string;
  checking(name: string): string;
  /** Under the tray: what was done to the files. Bytes of those made smaller; how many had their location taken out. */
  trayFacts(facts: TrayFacts): string;
  moveEarlier(name: string): string;
  moveLater(name: string): string;
  /** Said to screen readers. `place` from 1. */
  moved(name: string, place: number, count: number): string;

  // Ways in
  readonly attachWays: string;
  readonly takePhoto: string;
  readonly chooseFiles: string;
  /** Beside text that was pasted with a picture of itself. */
  readonly pictureOffered: string;
  readonly addPicture: string;
  readonly leavePicture: string;

  // Files in the transcript
  /** The quiet line under an upload. `share` 0 to 1. */
  uploadFacts(file: { size: number; uploadSize: number; locationRemoved: boolean; share: number }): string;
  /** The store is asked whether a file has arrived whose upload ended without an answer. */
  readonly checkingArrival: string;
  cancelFile(name: string): string;
  uploading(name: string): string;
  downloadFile(name: string): string;
  readonly couldNotSave: string;
  photoAlt(who: string | null, name: string): string;
  openPhoto(who: string | null, name: string): string;
  photoNotLoaded(name: string): string;

  // Drop
  readonly dropTitle: string;
  /** While text or a link hangs over the panel, where it cannot be dropped. */
  readonly dropWords: string;
  readonly dropOff: string;
  /** Two lines: photos, documents. */
  accepted(limits: FileLimits): readonly [string, string];

  // Lightbox
  readonly photo: string;
  photoTitle(who: string | null, at: number): string;
  readonly closePhoto: string;
  readonly previousPhoto: string;
  readonly nextPhoto: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  showPhoto(index: number, count: number): string;
}
