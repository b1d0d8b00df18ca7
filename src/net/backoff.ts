/** Ms. */
const BACKOFF_FIRST = 1_000;
export const BACKOFF_MOST = 60_000;

/** Full jitter over a doubling ceiling, in ms. */
export function backoff(tries: number, chance: number): number {
  return Math.round(chance * Math.min(BACKOFF_MOST, BACKOFF_FIRST * 2 ** tries));
}
