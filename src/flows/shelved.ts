import type { Attachment } from '../model/attachment.ts';
import type { Shelved } from '../net/ports.ts';
import { decodePreview } from '../protocol/event.ts';
import { field, numberOf, stringOf } from '../protocol/read.ts';

/** The attachment of a file that was kept over a reload, waiting for its turn. Storage may hold anything; this reads it. */
export function attachmentFrom(entry: Shelved): Attachment | null {
  if (entry.body.kind !== 'file') return null;
  const { about, blob } = entry.body;
  const fileType = stringOf(field(about, 'fileType'));
  if (fileType === null) return null;
  return {
    id: entry.id,
    name: stringOf(field(about, 'name')) ?? 'file',
    size: numberOf(field(about, 'size')) ?? blob.size,
    uploadSize: blob.size,
    fileType,
    kind: field(about, 'kind') === 'image' ? 'image' : 'document',
    caption: stringOf(field(about, 'caption')) ?? '',
    preview: decodePreview(field(about, 'preview')),
    width: numberOf(field(about, 'width')),
    height: numberOf(field(about, 'height')),
    locationRemoved: field(about, 'locationRemoved') === true,
    at: 'queued',
    sent: 0,
  };
}

/** What is kept of a file until it is numbered: its bytes, what is known of it, and where it lies once it is uploaded. */
export function shelvedFile(file: {
  owner: string;
  at: number;
  attachment: Attachment;
  blob: Blob;
  path: string | null;
}): Shelved {
  const { owner, at, attachment, blob, path } = file;
  const { id, name, size, fileType, kind, caption, preview, width, height, locationRemoved } = attachment;
  const about = { name, size, fileType, kind, caption, preview, width, height, locationRemoved };
  return { id, owner, at, body: { kind: 'file', blob, about, path } };
}
