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
  /** `limit` in bytes: over it, and made smaller it would stand still. */
  | { readonly why: 'animation'; readonly limit: number }
  /** An iPhone's own image type, which this browser cannot decode. */
  | { readonly why: 'heic' }
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
  /** Base name, cleaned for display; with the extension of what is sent, where the image was made another type. */
  readonly name: string;
  /** Bytes as picked. */
  readonly size: number;
  /** Wire type (`JPG`, `PDF` …), empty while unknown. */
  readonly fileType: string;
  readonly kind: 'image' | 'document';
  /** Written by the consumer; empty is none. */
  readonly caption: string;
  /**
   * Data URL of at most 30 000 characters, or null: none yet, or none can be made. While the file is `picked` it may be the
   * small view that the camera embedded, which is never sent: an edited photo may still carry the view of the unedited one.
   */
  readonly preview: string | null;
  /** Pixels as shown (orientation applied), when known: lets the bubble reserve its height. */
  readonly width: number | null;
  readonly height: number | null;
  /** Bytes that go over the wire; less than `size` where the image was made smaller or its metadata left out. */
  readonly uploadSize: number;
  /** The file said where the photo was taken, and what is sent does not. */
  readonly locationRemoved: boolean;
}

export type Attachment = About &
  (
    | { readonly at: 'picked' }
    | { readonly at: 'rejected'; readonly why: Rejection }
    | { readonly at: 'ready' }
    /**
     * Waits: for its turn, for the network, or for a store that is busy. Here and in the three states after it, `sent` is
     * the most bytes that any PUT of this file has got across, so that what is shown never goes backwards.
     */
    | { readonly at: 'queued'; readonly sent: number }
    | { readonly at: 'signing'; readonly sent: number }
    | { readonly at: 'uploading'; readonly sent: number }
    /** A PUT ended without a status: the store is asked whether the file has landed. */
    | { readonly at: 'verifying'; readonly sent: number }
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
  queued: ['signing', 'verifying', 'publishing', 'published', 'failed', 'cancelled'],
  signing: ['uploading', 'queued', 'failed', 'cancelled'],
  uploading: ['uploading', 'verifying', 'signing', 'publishing', 'queued', 'failed', 'cancelled'],
  verifying: ['publishing', 'signing', 'queued', 'failed', 'cancelled'],
  publishing: ['published', 'queued', 'failed', 'cancelled'],
  published: [],
  failed: ['queued', 'cancelled', 'published'],
  cancelled: [],
};

type Underway = Extract<Attachment, { readonly sent: number }>['at'];

/** What an attachment may become: the fields of its new state. Of the states under way only `uploading` tells bytes. */
export type Change =
  | { readonly at: Exclude<Underway, 'uploading'> }
  | { readonly at: 'uploading'; readonly sent: number }
  | (Exclude<Attachment, { readonly sent: number }> extends infer A
      ? A extends About
        ? Omit<A, keyof About>
        : never
      : never);

/**
 * The attachment in its new state. A transition that the table does not know returns the attachment unchanged: late news of
 * a cancelled upload must not bring it back. Progress never goes backwards, not even when a PUT is made anew.
 */
export function advanced(attachment: Attachment, to: Change): Attachment {
  if (!NEXT[attachment.at].includes(to.at)) return attachment;
  const { id, name, size, fileType, kind, caption, preview, width, height, uploadSize, locationRemoved } = attachment;
  const about: About = { id, name, size, fileType, kind, caption, preview, width, height, uploadSize, locationRemoved };
  const before = 'sent' in attachment ? attachment.sent : 0;
  switch (to.at) {
    case 'queued':
    case 'signing':
    case 'verifying':
      return { ...about, at: to.at, sent: before };
    case 'uploading':
      if (attachment.at === 'uploading' && to.sent <= before) return attachment;
      return { ...about, at: to.at, sent: Math.max(before, to.sent) };
    case 'picked':
    case 'rejected':
    case 'ready':
    case 'publishing':
    case 'published':
    case 'failed':
    case 'cancelled':
      return { ...about, ...to };
  }
}

/** Share of the upload that is done, 0 to 1; 1 only when the service has accepted the publish. */
export function progressOf(attachment: Attachment): number {
  switch (attachment.at) {
    case 'published':
      return 1;
    case 'publishing':
      return 0.99;
    case 'queued':
    case 'signing':
    case 'uploading':
    case 'verifying':
      return attachment.uploadSize > 0 ? Math.min(0.98, attachment.sent / attachment.uploadSize) : 0;
    case 'picked':
    case 'rejected':
    case 'ready':
    case 'failed':
    case 'cancelled':
      return 0;
  }
}
