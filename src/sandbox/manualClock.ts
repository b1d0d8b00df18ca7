import type { SandboxClock } from './clock.ts';

/** A clock that stands still until it is told to go on. */
export function manualClock(start = 1_700_000_000_000): SandboxClock & { advance(ms: number): void } {
  let now = start;
  let timers: { at: number; wake(): void }[] = [];
  return {
    now: () => now,
    after(ms, wake) {
      const timer = { at: now + ms, wake };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const [due] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!due) break;
        timers = timers.filter((other) => other !== due);
        now = Math.max(now, due.at);
        due.wake();
      }
      now = end;
    },
  };
}
