/** What may be sent, in one table (PROTOCOL §8). `wire` is the upper-case type the service is asked for. */
export interface FileType {
  readonly wire: string;
  readonly kind: 'image' | 'document';
  readonly mime: string;
  readonly extensions: readonly string[];
}

export const FILE_TYPES: readonly FileType[] = [
  { wire: 'JPG', kind: 'image', mime: 'image/jpeg', extensions: ['jpg', 'jpeg', 'jfif'] },
  { wire: 'PNG', kind: 'image', mime: 'image/png', extensions: ['png'] },
  { wire: 'GIF', kind: 'image', mime: 'image/gif', extensions: ['gif'] },
  { wire: 'PDF', kind: 'document', mime: 'application/pdf', extensions: ['pdf'] },
  {
    wire: 'DOCX',
    kind: 'document',
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['docx'],
  },
  {
    wire: 'PPTX',
    kind: 'document',
    mime: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    extensions: ['pptx'],
  },
  {
    wire: 'XLSX',
    kind: 'document',
    mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extensions: ['xlsx'],
  },
  { wire: 'TXT', kind: 'document', mime: 'text/plain', extensions: ['txt'] },
];

/** Bytes. Decimal, because whether LivePerson's "3 MB" is 3 000 000 or 3 145 728 is not documented (IMAGES §7). */
export interface FileLimits {
  readonly image: number;
  readonly document: number;
}

export const DEFAULT_LIMITS: FileLimits = { image: 3_000_000, document: 5_000_000 };

/** Characters of a preview data URL as published, prefix included. */
export const MAX_PREVIEW_CHARACTERS = 30_000;

/** The row for a wire type; `JPEG` is `JPG` by another name, anything unknown is undefined. */
export function fileTypeOf(wire: string): FileType | undefined {
  const name = wire.toUpperCase() === 'JPEG' ? 'JPG' : wire.toUpperCase();
  return FILE_TYPES.find((type) => type.wire === name);
}

/** Text of the refusal (code 400) when the account's site property `messaging.file.sharing.enabled` is not true. */
export const FILE_SHARING_OFF = 'File sharing is disabled for this account';

/**
 * Does a refused upload URL mean that the account has file sharing switched off? The service's texts are published nowhere,
 * so this goes by the words; size and type have been checked before asking, which leaves few other reasons.
 */
export function saysSharingIsOff(message: string): boolean {
  return /file.?sharing|(?:disabled|not enabled|not allowed)\b/i.test(message);
}
