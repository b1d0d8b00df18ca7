import type { Clock } from '../net/ports.ts';
import { ABORTED, FailureError } from '../protocol/failure.ts';

/** Waits `ms`; rejects with `aborted` when the signal does. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new FailureError(ABORTED));
    const aborted = () => {
      cancel();
      reject(new FailureError(ABORTED));
    };
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', aborted);
      resolve();
    });
    signal.addEventListener('abort', aborted, { once: true });
  });
}
