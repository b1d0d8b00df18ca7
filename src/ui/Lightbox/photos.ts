import type { Attachment } from '../../model/attachment.ts';
import type { Message, Transcript } from '../../model/message.ts';
import { fileTypeOf } from '../../protocol/fileTypes.ts';
import type { HostedFile } from '../../protocol/types.ts';
import { fileOf } from '../../store/selectors.ts';

export interface StoredPhoto {
  readonly message: Message;
  readonly file: HostedFile;
}

/** Every photo of the conversation that lies in the store, in the order of its messages. */
export function photosOf(transcript: Transcript, attachments: ReadonlyMap<string, Attachment>): readonly StoredPhoto[] {
  return transcript.ids.flatMap((id) => {
    const message = transcript.byId.get(id);
    const file = message ? fileOf(message, attachments) : null;
    return message && file && fileTypeOf(file.fileType)?.kind === 'image' ? [{ message, file }] : [];
  });
}
