import type { Attachment } from '../model/attachment.ts';
import type { Transcript } from '../model/message.ts';
import type { Failure } from '../protocol/failure.ts';
import type { FileLimits } from '../protocol/fileTypes.ts';
import type { AgentProfile } from '../protocol/http.ts';
import type { Conversation } from '../protocol/types.ts';

/** As net/ports LinkStatus; the store knows no network, so it names the shape itself. */
export type Connection =
  | { readonly at: 'idle' }
  | { readonly at: 'connecting'; readonly tries: number }
  | { readonly at: 'online' }
  | { readonly at: 'waiting'; readonly tries: number; readonly until: number }
  | { readonly at: 'refused'; readonly why: Failure };

/** What is known of a file in the object store. Signed addresses live here only, never in storage, events or logs. */
export type Download =
  | { readonly at: 'asking' }
  /** `expires` in epoch ms. */
  | { readonly at: 'ready'; readonly url: string; readonly expires: number }
  /** A document on its way to the consumer's disk. */
  | { readonly at: 'saving' }
  | { readonly at: 'failed'; readonly why: Failure };

/** What the brand chose; fixed for a widget's life unless the brand updates it. */
export interface Settings {
  /** Name in the header, e.g. "Meadow Support". */
  readonly brandName: string;
  readonly welcome: string | null;
  /** Second line of the welcome, or null. */
  readonly welcomeHint: string | null;
  /** Sentences offered as chips before the first message. */
  readonly suggestions: readonly string[];
  /** Under the name in the header, e.g. "Usually replies in 2 minutes". */
  readonly promise: string | null;
  readonly limits: FileLimits;
}

export interface ChatState {
  readonly settings: Settings;
  readonly panelOpen: boolean;
  readonly connection: Connection;
  /** Off once the service has refused an upload because the account has file sharing switched off. */
  readonly fileSharing: 'on' | 'off';
  readonly me: string | null;
  /** The one being talked in, or the last one; null before the first message. */
  readonly conversation: Conversation | null;
  readonly transcript: Transcript;
  /** Whether there are conversations before the oldest message shown. */
  readonly earlier: 'none' | 'some' | 'loading';
  /** Every attachment of this widget's life by id. */
  readonly attachments: ReadonlyMap<string, Attachment>;
  /** Ids of picked files that are not sent yet, in order. */
  readonly tray: readonly string[];
  /** Text in the composer. */
  readonly draft: string;
  /** Originator ids that are typing now. */
  readonly typing: readonly string[];
  readonly agents: ReadonlyMap<string, AgentProfile>;
  /** relativePath → download. */
  readonly downloads: ReadonlyMap<string, Download>;
  /** Messages of others not yet seen. */
  readonly unread: readonly string[];
  /** First unread message when the panel was opened: where the "New" line stands. */
  readonly newFrom: string | null;
  /** The photo shown large, by message id. */
  readonly lightbox: string | null;
}
