import type { Failure } from '../../protocol/failure.ts';
import type { ChatState } from '../../store/state.ts';
import type { ViewWords } from '../words/viewWords.ts';

type Sharing = ChatState['fileSharing'];

/** Whether the account takes no files at all, so that trying again is no way out. */
export function isSharingOff(why: Failure, sharing: Sharing): boolean {
  return sharing === 'off' && why.kind === 'refused';
}

/** Why an upload failed, in a sentence. */
export function uploadFailure(why: Failure, sharing: Sharing, words: ViewWords): string {
  return isSharingOff(why, sharing) ? words.sharingOff : words.failure(why, 'file');
}
