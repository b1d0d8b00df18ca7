import process from 'node:process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultsOf } from '../testing/outcome.ts';
import { play } from '../testing/schedule.ts';
import { schedules } from '../testing/schedules.ts';

/** `RUNS` and `SEED` of the environment ask for more schedules, or for the same ones again. */
const RUNS = Number(process.env.RUNS ?? 2_000);
const SEED = process.env.SEED === undefined ? Date.now() % 2 ** 31 : Number(process.env.SEED);

test('[O3] nothing is lost, doubled or reordered by any schedule of faults, once it has healed', {
  timeout: 600_000,
}, async () => {
  console.info(`${RUNS} schedules, SEED=${SEED}`);
  await fc.assert(
    fc.asyncProperty(schedules, async (schedule) => {
      expect(faultsOf(await play(schedule))).toEqual([]);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
