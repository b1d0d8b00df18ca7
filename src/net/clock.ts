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

/** `crypto.randomUUID` exists in secure contexts only; a brand's test page may be plain http. */
function randomId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
