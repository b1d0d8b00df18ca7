import { ABORTED, FailureError } from '../protocol/failure.ts';

/** Takes a turn; settles with how to give it back. Rejects with `aborted` when the signal does while it waits. */
export type TakeTurn = (signal: AbortSignal) => Promise<() => void>;

/** At most `places` turns are taken at once; those who wait get theirs in the order in which they asked. */
export function createTurns(places: number): TakeTurn {
  const waiting = new Set<() => void>();
  let free = places;

  /** A turn passes from hand to hand: nobody who asks in between can come first. */
  function release(): void {
    const [next] = waiting;
    if (next) next();
    else free += 1;
  }

  return (signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(new FailureError(ABORTED));
      if (free > 0) {
        free -= 1;
        return resolve(release);
      }
      const begin = () => {
        end();
        resolve(release);
      };
      const aborted = () => {
        end();
        reject(new FailureError(ABORTED));
      };
      const end = () => {
        waiting.delete(begin);
        signal.removeEventListener('abort', aborted);
      };
      waiting.add(begin);
      signal.addEventListener('abort', aborted);
    });
}
