import { ABORTED, FailureError, failureOf } from '../protocol/failure.ts';
import { untilOnline } from './online.ts';
import type { Ports } from './ports.ts';

export type ReachPorts = Pick<Ports, 'service' | 'surroundings'>;

/**
 * Whether there is a network at all, when a request to the store has ended without a status: an expired signature, a store
 * that is down and a lost network look the same to a page. An answer on the link, even a refusal, proves that there is one.
 */
export async function isReachable({ service, surroundings }: ReachPorts, signal: AbortSignal): Promise<boolean> {
  if (!surroundings.online()) return false;
  try {
    await service.request('GetClock', undefined, { signal });
    return true;
  } catch (error) {
    signal.throwIfAborted();
    return failureOf(error).delivery === 'refused';
  }
}

/** Settles when the page says that it is online and the link is; rejects with `aborted` when the signal does. */
export async function untilReachable({ service, surroundings }: ReachPorts, signal: AbortSignal): Promise<void> {
  while (!surroundings.online()) await nextReturn(surroundings, signal);
  await untilOnline(service, signal);
}

function nextReturn(surroundings: ReachPorts['surroundings'], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new FailureError(ABORTED));
    const end = (settle: () => void) => {
      unlisten();
      signal.removeEventListener('abort', aborted);
      settle();
    };
    const aborted = () => end(() => reject(new FailureError(ABORTED)));
    const unlisten = surroundings.onReturn(() => end(resolve));
    signal.addEventListener('abort', aborted);
  });
}
