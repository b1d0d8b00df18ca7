/** The wire in the one shape the rest of the house sees. `decode` makes it; the contradictions of the sources end there. */

/** Open enum: roles we act on are spelled out, any other string passes. */
export type Role = 'CONSUMER' | 'ASSIGNED_AGENT' | 'AGENT' | 'MANAGER' | 'READER' | 'CONTROLLER' | (string & {});

export type ChatState = 'ACTIVE' | 'INACTIVE' | 'GONE' | 'COMPOSING' | 'PAUSE' | 'BACKGROUND';

export type ReceiptStatus = 'ACCEPT' | 'READ' | 'ACCESS' | 'NACK' | 'ACTION';

/** Opaque metadata of a change; only `ExternalId` is read by us. */
export interface Metadata {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** A file that lies in the object store. */
export interface HostedFile {
  /** Path exactly as the service signed it, beginning with "/". */
  readonly relativePath: string;
  /** Upper-case type as published: JPG, JPEG, PNG, GIF, PDF, DOCX …; open. */
  readonly fileType: string;
  /** What the sender wrote under it; often the file's name. */
  readonly caption: string;
  /** `data:image/(jpeg|png|gif);base64,…`, at most 65 536 characters, or null. */
  readonly preview: string | null;
}

export type EventContent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'file'; readonly file: HostedFile }
  | { readonly type: 'typing'; readonly state: ChatState }
  | { readonly type: 'receipt'; readonly status: ReceiptStatus; readonly sequences: readonly number[] }
  /** Something this window cannot show; `what` names it for a neutral placeholder. */
  | { readonly type: 'unsupported'; readonly what: string };

export interface MessagingEvent {
  readonly dialogId: string;
  readonly conversationId: string | null;
  /** Null on typing, which uses up no number (PROTOCOL §6.2). */
  readonly sequence: number | null;
  /** Server time, epoch ms; null on typing. */
  readonly at: number | null;
  readonly from: { readonly id: string; readonly role: Role | null };
  /** The sender's own id for this message (`ExternalId` metadata), if it was given one and the service echoes it. */
  readonly clientId: string | null;
  readonly content: EventContent;
}

export type DialogType = 'MAIN' | 'POST_SURVEY' | 'OTHER' | (string & {});

export interface Dialog {
  readonly id: string;
  readonly type: DialogType;
  /** `MESSAGING` when absent; a co-browse dialog is never a message dialog (PROTOCOL §11). */
  readonly channel: string;
  readonly open: boolean;
  readonly closedBy: string | null;
}

export interface Participant {
  readonly id: string;
  readonly role: Role;
}

export interface Conversation {
  readonly id: string;
  /** `stage`, or `state` where stage is absent (PROTOCOL §4.2). */
  readonly open: boolean;
  readonly closeReason: string | null;
  readonly dialogs: readonly Dialog[];
  readonly participants: readonly Participant[];
  /** Epoch ms. */
  readonly startedAt: number;
  /** Epoch ms; a change with an older one is dropped. */
  readonly updatedAt: number;
}

export type ConversationChange =
  | { readonly type: 'upsert'; readonly conversation: Conversation }
  | { readonly type: 'delete'; readonly conversationId: string };

/** Path and query of one signed request. Valid for one HTTP method (HEAD also by a PUT or GET signature), about 60 s. */
export interface SignedPath {
  readonly relativePath: string;
  readonly signature: string;
  /** Epoch seconds, or null where the service sent none that can be read. */
  readonly expires: number | null;
  /** `temp_url_expires` as received: it is part of what was signed, so it is sent back unaltered. */
  readonly rawExpires: string;
}
