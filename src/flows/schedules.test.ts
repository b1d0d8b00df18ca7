import process from 'node:process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultsOf } from '../testing/outcome.ts';
import { play } from '../testing/schedule.ts';
import { schedules } from '../testing/schedules.ts';

/**
 * The same schedules at every run, so that a test fails by the change it judges. `SEED=fresh` looks at new ones, `SEED=N` at
 * those of a report, `RUNS=N` at more or fewer.
 */
const RUNS = Number(process.env.RUNS ?? 10_000);
const GIVEN = process.env.SEED ?? '20261122';
const SEED = GIVEN === 'fresh' ? Date.now() % 2 ** 31 : Number(GIVEN);

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
