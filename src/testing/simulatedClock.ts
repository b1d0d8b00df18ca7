import type { FakeClock } from './clock.ts';

/** Lets everything happen that is already decided, however long its chain of promises. Node only. */
export function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

interface Timer {
  readonly at: number;
  readonly order: number;
  wake(): void;
}

/**
 * A clock for whole systems: as `fakeClock`, but nothing that promises have already decided is left for later, so that a
 * span of time is never spent by waiting for code to run. Timers of the same moment fire in the order of their making.
 */
export function simulatedClock(start = 1_700_000_000_000): FakeClock {
  let now = start;
  let ids = 0;
  let made = 0;
  const timers = new Set<Timer>();

  function next(until: number): Timer | null {
    let first: Timer | null = null;
    for (const timer of timers) {
      if (timer.at > until) continue;
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer;
    }
    return first;
  }

  return {
    now: () => now,
    after(ms, wake) {
      const timer: Timer = { at: now + Math.max(0, ms), order: ++made, wake };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    random: () => 0.5,
    uuid: () => `id-${++ids}`,
    pending: () => timers.size,
    async advance(ms) {
      const end = now + ms;
      await drained();
      for (let timer = next(end); timer; timer = next(end)) {
        timers.delete(timer);
        now = timer.at;
        timer.wake();
        await drained();
      }
      now = end;
    },
  };
}
