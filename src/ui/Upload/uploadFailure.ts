import type { Failure } from '../../protocol/failure.ts';
import type { ChatState } from '../../store/state.ts';
import type { ViewWords } from '../words/viewWords.ts';

type Sharing = ChatState['fileSharing'];

/** What can be done about a file that has failed: the same again, the file anew, or nothing with files at all. */
export function wayOut(why: Failure, sharing: Sharing): 'retry' | 'pick' | 'none' {
  if (isSharingOff(why, sharing)) return 'none';
  if (why.kind === 'changed') return 'pick';
  return why.kind === 'blocked' && why.by === 'page' ? 'none' : 'retry';
}

/** Whether the account takes no files at all. */
function isSharingOff(why: Failure, sharing: Sharing): boolean {
  return sharing === 'off' && why.kind === 'refused';
}

/** Why an upload failed, in a sentence. */
export function uploadFailure(why: Failure, sharing: Sharing, words: ViewWords): string {
  return isSharingOff(why, sharing) ? words.sharingOff : words.failure(why, 'file');
}
