import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRig, type Deed, type Rig } from '../testing/uploadRig.ts';

/** Random schedules of what a consumer, a network, a service and a store may do with up to a handful of files. */

const file = fc.nat(3);
const failure = fc.constantFrom(0, 0, 0, 0, 401, 403, 404, 408, 413, 422, 429, 500, 503);

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Deed>({ do: 'send' }) },
  { weight: 1, arbitrary: file.map((at): Deed => ({ do: 'cancel', at })) },
  { weight: 2, arbitrary: file.map((at): Deed => ({ do: 'retry', at })) },
  { weight: 2, arbitrary: fc.constantFrom<Deed>({ do: 'offline' }, { do: 'online' }, { do: 'online' }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('grant' as const),
      at: file,
      code: fc.constantFrom(200, 200, 200, 0, 400, 500),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('progress' as const),
      at: file,
      percent: fc.nat(100),
    }),
  },
  { weight: 4, arbitrary: file.map((at): Deed => ({ do: 'stored', at })) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('lost' as const), at: file, code: failure }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('head' as const), at: file, code: fc.constantFrom(200, 404, 0, 0, 503) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('clock' as const), code: fc.constantFrom(200, 0) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('publish' as const), code: fc.constantFrom(200, 200, 400) }) },
  { weight: 2, arbitrary: fc.constantFrom(10, 2_000, 4_000, 60_000).map((ms): Deed => ({ do: 'wait', ms })) },
);

async function played(deeds: readonly Deed[]): Promise<Rig> {
  const rig = createRig();
  await rig.perform({ do: 'online' });
  for (const each of deeds) await rig.perform(each);
  return rig;
}

test('[U9] no schedule leads into a forbidden state, past a cancel or out of order, and once all is well all arrive', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 40, size: 'max' }), async (deeds) => {
      const rig = await played(deeds);
      expect(rig.faults).toEqual([]);
      await rig.heal();
      expect(rig.faults).toEqual([]);
      const ends = new Set(rig.states().map(({ at }) => at));
      for (const at of ends) expect(['published', 'failed', 'cancelled']).toContain(at);
    }),
    { numRuns: 300 },
  );
}, 60_000);

test('the schedules reach every state', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 20, maxLength: 40, size: 'max' }), async (deeds) => {
      const rig = await played(deeds);
      await rig.heal();
      for (const at of rig.visited) seen.add(at);
    }),
    { numRuns: 60, seed: 7 },
  );
  expect([...seen].sort()).toEqual([
    'cancelled',
    'failed',
    'published',
    'publishing',
    'queued',
    'ready',
    'signing',
    'uploading',
    'verifying',
  ]);
});
