import { describe, expect, test } from 'vitest';
import { createAgenda } from '../testing/agenda.ts';
import { BOUNDS, SOON, simulateOutage } from '../testing/outage.ts';
import { seeded } from '../testing/random.ts';

describe('[C4] ten thousand clients after an outage of 30 s', () => {
  const recovery = simulateOutage({ clients: 10_000, seconds: 30, seed: 1 });

  test('do not come back all at once', () => {
    expect(recovery.peakShare).toBeLessThanOrEqual(BOUNDS.peakShare);
  });

  test('are all back in time', () => {
    expect(recovery.perSecond.reduce((sum, count) => sum + count, 0)).toBe(10_000);
    expect(recovery.lastBack).toBeLessThanOrEqual(BOUNDS.lastBack);
  });

  test('have each tried a few times, not once and not all the while', () => {
    expect(recovery.tries.median).toBeGreaterThanOrEqual(2);
    expect(recovery.tries.most).toBeLessThanOrEqual(15);
  });
});

test('[C12] those who write are back soon, and the others as they would have been', () => {
  const outage = { clients: 2_000, seconds: 30, seed: 1 };
  const soon = ({ back }: { back: readonly number[] }) => back.filter((ms) => ms <= SOON).length / back.length;
  expect(soon(simulateOutage(outage))).toBeLessThan(0.2);
  expect(soon(simulateOutage({ ...outage, writing: 1 }))).toBeGreaterThan(0.9);
  const few = simulateOutage({ ...outage, clients: 10_000, writing: 0.01 });
  expect(few.peakShare).toBeLessThanOrEqual(BOUNDS.peakShare);
  expect(few.lastBack).toBeLessThanOrEqual(BOUNDS.lastBack);
});

test('one client is back at once after a blip', () => {
  const alone = Array.from({ length: 20 }, (_, seed) => simulateOutage({ clients: 1, seconds: 0, seed }));
  for (const { lastBack, tries } of alone) {
    // One full first ceiling, and four steps of the longest latency.
    expect(lastBack).toBeLessThanOrEqual(1000 + 4 * 300);
    expect(tries.most).toBe(1);
  }
});

test('the same seed gives the same recovery, another one another', () => {
  const recovery = (seed: number) => simulateOutage({ clients: 200, seconds: 5, seed });
  expect(recovery(7)).toEqual(recovery(7));
  expect(recovery(7)).not.toEqual(recovery(8));
});

test('the agenda gives out in the order of time whatever it was given', () => {
  const random = seeded(3);
  const times = Array.from({ length: 500 }, () => Math.floor(random() * 100));
  const agenda = createAgenda<number>();
  for (const at of times) agenda.add(at, -at);
  const taken = times.map(() => agenda.next());
  expect(taken.map((entry) => entry?.at)).toEqual([...times].sort((a, b) => a - b));
  expect(taken.every((entry) => entry !== null && entry.what === -entry.at)).toBe(true);
  expect(agenda.next()).toBeNull();
});
