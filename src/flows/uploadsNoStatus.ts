import { ABORTED, type Failure, FailureError } from '../protocol/failure.ts';
import type { SignedPath } from '../protocol/types.ts';
import type { Ports } from './ports.ts';

export type NoStatusPorts = Pick<Ports, 'objects' | 'clock' | 'onDiagnostic'>;

/**
 * Why neither a PUT nor the HEAD after it has got a status, as far as a page can tell, when there are no tries left: the store
 * answers somebody who does not read, or it does not. A 401 of Swift carries no CORS headers, so that a signature which is
 * always refused is `blocked` too.
 */
export async function reasonOf({ objects }: NoStatusPorts, signal: AbortSignal): Promise<Failure> {
  const answers = await objects.answers({ signal });
  if (signal.aborted) throw new FailureError(ABORTED);
  return answers
    ? { kind: 'blocked', delivery: 'not-sent', by: 'store' }
    : { kind: 'unreachable', delivery: 'unknown' };
}

/** Tells support of a failure that is about the way to the store and not about a file. Never rejects. */
export function tellSupport({ objects, clock, onDiagnostic }: NoStatusPorts, failure: Failure, to: SignedPath): void {
  if (failure.kind !== 'blocked' && failure.kind !== 'unreachable') return;
  const why = failure.kind === 'blocked' ? (`blocked-by-${failure.by}` as const) : failure.kind;
  // The address itself is signed.
  onDiagnostic({ type: 'store', at: clock.now(), why, origin: new URL(objects.url(to)).origin });
}
