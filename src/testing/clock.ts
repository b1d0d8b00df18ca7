import type { Clock } from '../net/ports.ts';

/** A clock that moves only when told to. `uuid` counts: `id-1`, `id-2` … */
export interface FakeClock extends Clock {
  /** Moves time forward, firing timers in their order; lets promises settle between them. */
  advance(ms: number): Promise<void>;
  /** Timers that have not fired. */
  pending(): number;
}

/** Lets everything that is already decided happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await Promise.resolve();
}

export function fakeClock(start = 1_700_000_000_000): FakeClock {
  let now = start;
  let ids = 0;
  let timers: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    after(ms, wake) {
      const timer = { at: now + ms, wake };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    random: () => 0.5,
    uuid: () => `id-${++ids}`,
    pending: () => timers.length,
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((other) => other !== next);
        now = next.at;
        next.wake();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}
