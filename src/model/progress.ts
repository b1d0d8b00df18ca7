/**
 * How far a dialog has been heard without a hole. Sequences are shared by messages and receipts and used up by what this
 * consumer never gets to see (notes among agents), so a hole is asked for once and then taken as not for us.
 */
export interface Progress {
  /** First sequence that has not been heard; null before the first back-log is in. */
  readonly next: number | null;
  /** Heard beyond a hole; before the first back-log is in, the highest only. */
  readonly ahead: readonly number[];
}

export const UNHEARD: Progress = { next: null, ahead: [] };

/** After a live or stored event with this sequence. */
export function advancedBy(progress: Progress, sequence: number): Progress {
  if (progress.next !== null && sequence < progress.next) return progress;
  if (progress.ahead.includes(sequence)) return progress;
  // Ten thousand of them, each put in its place among the others, take half a second.
  if (progress.next === null) return { next: null, ahead: [Math.max(sequence, progress.ahead[0] ?? 0)] };
  const ahead = [...progress.ahead, sequence].sort((a, b) => a - b);
  let { next } = progress;
  while (next !== null && ahead[0] === next) {
    next += 1;
    ahead.shift();
  }
  return { next, ahead };
}

/** The back-log from `next` on has been read: what it did not hold does not exist for us. */
export function completed({ next, ahead }: Progress): Progress {
  return { next: Math.max(next ?? 0, (ahead.at(-1) ?? -1) + 1), ahead: [] };
}

/** Something is missing that has been skipped over. */
export function hasGap({ next, ahead }: Progress): boolean {
  return next !== null && ahead.length > 0;
}
