import type { Service } from '../net/ports.ts';
import { ABORTED, FailureError } from '../protocol/failure.ts';

/** Settles when the link is online; rejects with `aborted` when the signal does. */
export function untilOnline(service: Service, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new FailureError(ABORTED));
    if (service.status().at === 'online') return resolve();
    const end = (act: () => void) => {
      unlisten();
      signal.removeEventListener('abort', aborted);
      act();
    };
    const aborted = () => end(() => reject(new FailureError(ABORTED)));
    const unlisten = service.on('status', ({ at }) => {
      if (at === 'online') end(resolve);
    });
    signal.addEventListener('abort', aborted);
  });
}
