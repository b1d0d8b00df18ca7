import type { Failure } from '../protocol/failure.ts';

/** Files in one message, and so in the tray. */
export const MAX_FILES = 10;

/** Why a file was not taken. Reason keys; `ui/words` makes sentences of them. */
export type Rejection =
  | { readonly why: 'type'; readonly extension: string }
  /** `limit` in bytes. */
  | { readonly why: 'size'; readonly limit: number }
  | { readonly why: 'empty' }
  /** The content is of another type than the name says. */
  | { readonly why: 'mismatch'; readonly extension: string }
  | { readonly why: 'folder' }
  /** Could not be read: a cloud placeholder, or changed or removed after picking. */
  | { readonly why: 'unreadable' }
  /** More pixels than a phone can decode. */
  | { readonly why: 'pixels' }
  /** `limit` in files per message. */
  | { readonly why: 'count'; readonly limit: number }
  | { readonly why: 'sharing-off' };

/** The step to go on with after a failure (ARCHITECTURE rule 7: a failed publish never uploads again). */
export type Step = 'signing' | 'publishing';

/** What was true of the file before and after preparing it, for the quiet line under an upload. */
export interface About {
  readonly id: string;
  /** Base name, cleaned for display. */
  readonly name: string;
  /** Bytes as picked. */
  readonly size: number;
  /** Wire type (`JPG`, `PDF` …), empty while unknown. */
  readonly fileType: string;
  readonly kind: 'image' | 'document';
  /** Written by the consumer; empty is none. */
  readonly caption: string;
  /** Data URL of at most 30 000 characters, or null: none yet, or none can be made. */
  readonly preview: string | null;
  /** Pixels as shown (orientation applied), when known: lets the bubble reserve its height. */
  readonly width: number | null;
  readonly height: number | null;
  /** Bytes that go over the wire; equals `size` unless shrunk. */
  readonly uploadSize: number;
}

export type Attachment = About &
  (
    | { readonly at: 'picked' }
    | { readonly at: 'rejected'; readonly why: Rejection }
    | { readonly at: 'ready' }
    /** In the outbox, its turn not yet come. */
    | { readonly at: 'queued' }
    | { readonly at: 'signing' }
    /** `sent` in bytes. */
    | { readonly at: 'uploading'; readonly sent: number }
    | { readonly at: 'publishing'; readonly path: string }
    | { readonly at: 'published'; readonly path: string }
    | { readonly at: 'failed'; readonly why: Failure; readonly resume: Step; readonly path: string | null }
    | { readonly at: 'cancelled' }
  );

/** Allowed transitions: documentation, guard and test input in one. */
export const NEXT: Record<Attachment['at'], readonly Attachment['at'][]> = {
  picked: ['rejected', 'ready', 'cancelled'],
  rejected: [],
  ready: ['queued', 'rejected', 'cancelled'],
  queued: ['signing', 'publishing', 'failed', 'cancelled'],
  signing: ['uploading', 'queued', 'failed', 'cancelled'],
  uploading: ['uploading', 'signing', 'publishing', 'queued', 'failed', 'cancelled'],
  publishing: ['published', 'queued', 'failed', 'cancelled'],
  published: [],
  failed: ['queued', 'cancelled', 'published'],
  cancelled: [],
};

/** What an attachment may become: the fields of its new state, or facts about it. */
export type Change = Attachment extends infer A ? (A extends About ? Omit<A, keyof About> : never) : never;

/**
 * The attachment in its new state. A transition that the table does not know returns the attachment unchanged: late news of
 * a cancelled upload must not bring it back. Progress never goes backwards.
 */
export function advanced(attachment: Attachment, to: Change): Attachment {
  if (!NEXT[attachment.at].includes(to.at)) return attachment;
  if (to.at === 'uploading' && attachment.at === 'uploading' && to.sent <= attachment.sent) return attachment;
  const { id, name, size, fileType, kind, caption, preview, width, height, uploadSize } = attachment;
  return { id, name, size, fileType, kind, caption, preview, width, height, uploadSize, ...to };
}

/** Share of the upload that is done, 0 to 1; 1 only when the service has accepted the publish. */
export function progressOf(attachment: Attachment): number {
  switch (attachment.at) {
    case 'published':
      return 1;
    case 'publishing':
      return 0.99;
    case 'uploading':
      return attachment.uploadSize > 0 ? Math.min(0.98, attachment.sent / attachment.uploadSize) : 0;
    case 'picked':
    case 'rejected':
    case 'ready':
    case 'queued':
    case 'signing':
    case 'failed':
    case 'cancelled':
      return 0;
  }
}
