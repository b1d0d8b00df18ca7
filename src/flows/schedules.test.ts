import process from 'node:process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultsOf } from '../testing/outcome.ts';
import { play } from '../testing/schedule.ts';
import { schedules } from '../testing/schedules.ts';

/**
 * `RUNS` and `SEED` of the environment ask for more schedules, or for the same ones again. A gate (CI) always plays the same
 * ones, so that it fails by the change it judges; everywhere else each run looks at new ones.
 */
const RUNS = Number(process.env.RUNS ?? 10_000);
const FRESH = process.env.CI === 'true' ? 20_261_122 : Date.now() % 2 ** 31;
const SEED = Number(process.env.SEED ?? FRESH);

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
