import type { Piece } from './pieces.ts';
import type { SharedReading } from './sharedReading.ts';

/** What a walk over a file has found so far. */
export interface Findings {
  /** What stays, in order. */
  readonly pieces: Piece[];
  /** A latitude was among what does not stay. */
  location: boolean;
}

/** A part of a file, and where in the file it is. */
export interface Passage {
  readonly bytes: Uint8Array;
  readonly base: number;
  /** The file ends with it. */
  readonly last: boolean;
}

/**
 * Goes over as much of a passage as it can and says where in the file to read on, or null when nothing that follows is of the
 * image. To see a unit as a whole it asks for it again from its beginning: no unit it asks for is larger than a passage.
 */
export type Step = (passage: Passage) => number | null;

/** Bytes held at a time: each read costs a browser most of a millisecond, however small it is. */
export const PASSAGE = 1024 * 1024;

/** Bytes gone over in one task: about 2 ms. */
const REST_AFTER = PASSAGE / 2;

/** Takes the steps over a file, one passage in memory at a time. Ends whatever the bytes hold: each step leads on. */
export async function walk(blob: Blob, step: Step): Promise<void> {
  let base = 0;
  while (base < blob.size) {
    const bytes = new Uint8Array(await blob.slice(base, base + PASSAGE).arrayBuffer());
    const next = step({ bytes, base, last: base + PASSAGE >= blob.size });
    if (next === null || next <= base) return;
    base = next;
  }
}

/**
 * The same for a step that skips nothing, in one stream: half the work for a browser of reading passage by passage.
 * @param heard gets what has been read before it is stepped over
 */
export async function walkAlong(blob: Blob, step: Step, heard: SharedReading['heard'] = () => {}): Promise<void> {
  const reader = blob.stream().getReader();
  let [base, read, rested] = [0, 0, 0];
  let held: Uint8Array<ArrayBuffer> = new Uint8Array();
  for (let { value } = await reader.read(); value; { value } = await reader.read()) {
    heard(value);
    read += value.length;
    const bytes = joined(held, value);
    const next = step({ bytes, base, last: read >= blob.size });
    if (next === null) return reader.cancel();
    held = bytes.subarray(next - base);
    base = next;
    if (read - rested < REST_AFTER) continue;
    rested = read;
    await otherTasks();
  }
}

/** Lets the page's other tasks go first: what of a stream is there already is given without an end to the task at hand. */
function otherTasks(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function joined(first: Uint8Array<ArrayBuffer>, second: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (first.length === 0) return second;
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
