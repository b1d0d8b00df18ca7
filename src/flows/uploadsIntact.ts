import { ABORTED, type Failure, FailureError } from '../protocol/failure.ts';

const CHANGED: Failure = { kind: 'changed', delivery: 'not-sent' };
/** Bytes read at each of three places. */
const READ = 64;

/** Rejects with `changed` where the blob is not what it was, with `aborted` where nobody wants to know any more. */
export type StillIntact = (signal: AbortSignal) => Promise<void>;

/**
 * A picked file is not a copy: it is read from the disk as it is sent, and one that was changed, moved or deleted meanwhile ends
 * its PUT as a lost network does. So it is looked at beforehand, at its beginning, middle and end (an image without its
 * metadata is a few new bytes and slices of the file): browsers that notice the change refuse to read, others give other bytes.
 */
export function watchIntact(blob: Blob): StillIntact {
  let first: string | null = null;
  return async (signal) => {
    const read = await sampleOf(blob).catch(() => null);
    if (signal.aborted) throw new FailureError(ABORTED);
    if (read === null || (first !== null && read !== first)) throw new FailureError(CHANGED);
    first = read;
  };
}

/** Null where there are fewer bytes than the blob has. */
async function sampleOf(blob: Blob): Promise<string | null> {
  const middle = Math.floor(blob.size / 2);
  const places = [0, middle, Math.max(0, blob.size - READ)].map((at) => blob.slice(at, at + READ));
  const sample = new Blob(places);
  const bytes = new Uint8Array(await sample.arrayBuffer());
  return bytes.length === sample.size ? bytes.join() : null;
}
