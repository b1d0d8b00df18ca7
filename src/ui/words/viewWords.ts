import type { Rejection } from '../../model/attachment.ts';
import type { FileLimits } from '../../protocol/fileTypes.ts';
import type { Formats } from './format.ts';
import type { Words } from './words.ts';

/** Everything the views say, in one language: the panel's words and those that come with the views. */
export interface ViewWords extends Words {
  readonly format: Formats;

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

  // Files in the transcript
  /** The quiet line under an upload. `share` 0 to 1. */
  uploadFacts(file: { size: number; uploadSize: number; share: number }): string;
  cancelFile(name: string): string;
  uploading(name: string): string;
  downloadFile(name: string): string;
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
}
