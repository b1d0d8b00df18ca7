import type { Clock } from './ports.ts';

/** The page's own clock. */
export function browserClock(): Clock {
  return {
    now: () => Date.now(),
    after(ms, wake) {
      const timer = setTimeout(wake, ms);
      return () => clearTimeout(timer);
    },
    random: () => Math.random(),
    uuid: randomId,
  };
}

/** The same clock for one owner, whose timers end with it: afterwards none fires, and none can be set any more. */
export function endingClock(clock: Clock): Clock & { end(): void } {
  const timers = new Set<() => void>();
  let ended = false;
  return {
    now: clock.now,
    random: clock.random,
    uuid: clock.uuid,
    after(ms, wake) {
      if (ended) return () => {};
      const stop = clock.after(ms, () => {
        timers.delete(cancel);
        wake();
      });
      const cancel = () => {
        timers.delete(cancel);
        stop();
      };
      timers.add(cancel);
      return cancel;
    },
    end() {
      ended = true;
      for (const cancel of [...timers]) cancel();
    },
  };
}

/** `crypto.randomUUID` exists in secure contexts only; a brand's test page may be plain http. */
function randomId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
