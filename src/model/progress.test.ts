import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advancedBy, completed, hasGap, type Progress, UNHEARD } from './progress.ts';

const withAll = (progress: Progress, ...sequences: number[]) => sequences.reduce(advancedBy, progress);

describe('[T5] how far a dialog has been heard', () => {
  test('a first back-log may begin anywhere and leave holes: nothing more is there for us', () => {
    const read = completed(withAll(UNHEARD, 3, 1, 7));
    expect(read).toEqual({ next: 8, ahead: [] });
    expect(completed(UNHEARD)).toEqual({ next: 0, ahead: [] });
  });

  test('a skipped number is a gap until it comes or has been asked for', () => {
    const start = completed(withAll(UNHEARD, 0));
    const gap = withAll(start, 3);
    expect([hasGap(start), hasGap(gap)]).toEqual([false, true]);
    expect(withAll(gap, 2, 1)).toEqual({ next: 4, ahead: [] });
    expect(completed(gap)).toEqual({ next: 4, ahead: [] });
  });

  test('any order of the same numbers ends alike', () => {
    const numbers = Array.from({ length: 12 }, (_, n) => n);
    fc.assert(
      fc.property(fc.shuffledSubarray(numbers, { minLength: 12 }), (shuffled) => {
        expect(withAll(completed(UNHEARD), ...shuffled, ...shuffled)).toEqual({ next: 12, ahead: [] });
      }),
    );
  });
});
