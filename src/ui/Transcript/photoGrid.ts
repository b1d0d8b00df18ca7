import type { Attachment } from '../../model/attachment.ts';
import type { Message } from '../../model/message.ts';
import { fileTypeOf } from '../../protocol/fileTypes.ts';
import type { ChatState } from '../../store/state.ts';
import { captionUnder, nameOfFile } from '../File/fileName.ts';
import type { Range } from './extent.ts';
import { together } from './place.ts';

/**
 * Where a photo stands among those that follow each other: in a pair, `start` or `end`, or alone under the pairs, as `wide` as
 * they are; empty for everything else. Photos are paired from the first one on, so that another one moves the last at most.
 */
export type Spot = '' | 'start' | 'end' | 'wide';

/** A list of messages, and which of them have a line above them that ends what stands together. */
export interface Listed {
  readonly ids: readonly string[];
  breaksBefore(id: string, previous: string | undefined): boolean;
}

type Facts = Pick<ChatState, 'transcript' | 'attachments'>;

/** A photo with a caption is no part of a grid: its words have nowhere to stand. */
function isBarePhoto({ body }: Message, attachments: ReadonlyMap<string, Attachment>): boolean {
  if (body.type === 'file') {
    const { caption, fileType } = body.file;
    return fileTypeOf(fileType)?.kind === 'image' && captionUnder(caption, nameOfFile(body.file, ''), fileType) === '';
  }
  const attachment = body.type === 'upload' ? attachments.get(body.attachmentId) : undefined;
  return attachment?.kind === 'image' && captionUnder(attachment.caption, attachment.name) === '';
}

/** The spots of the rows in a range, in their order. */
export function spotsOf({ ids, breaksBefore }: Listed, { start, end }: Range, facts: Facts): readonly Spot[] {
  const { byId } = facts.transcript;
  const messageAt = (at: number) => byId.get(ids[at] ?? '');
  const isPhoto = (at: number) => {
    const message = messageAt(at);
    return message !== undefined && isBarePhoto(message, facts.attachments);
  };
  /** Whether a photo goes on with the photos before it. */
  const goesOn = (at: number) =>
    isPhoto(at) &&
    isPhoto(at - 1) &&
    together(messageAt(at - 1), messageAt(at)) &&
    !breaksBefore(ids[at] ?? '', ids[at - 1]);

  let begin = start;
  while (goesOn(begin)) begin -= 1;
  const spots: Spot[] = [];
  let place = 0;
  for (let at = begin; at < end; at += 1) {
    place = at > begin && goesOn(at) ? place + 1 : 0;
    if (at < start) continue;
    if (place % 2 === 1) spots.push('end');
    else if (goesOn(at + 1)) spots.push('start');
    else spots.push(place > 0 ? 'wide' : '');
  }
  return spots;
}

/** Whether a message has stopped on its way: it says why at length, for which there is no room beside another photo. */
export function hasStopped({ transcript, attachments }: Facts, id: string): boolean {
  const message = transcript.byId.get(id);
  const upload = message?.body.type === 'upload' ? attachments.get(message.body.attachmentId) : undefined;
  return message?.delivery?.at === 'failed' || upload?.at === 'failed';
}
