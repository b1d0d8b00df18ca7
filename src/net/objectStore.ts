import { DROPPED, FailureError, OFFLINE } from '../protocol/failure.ts';
import { signedUrl } from '../protocol/http.ts';
import type { SignedPath } from '../protocol/types.ts';
import type { Clock, ObjectStore } from './ports.ts';

type Requests = typeof import('./objectStoreRequests.ts');

/**
 * Swift by signed URL. `origin` is asked at each call, because it is known only after domain discovery. `load` fetches the
 * requests, which nobody needs before the first file.
 */
export function createObjectStore(
  origin: () => string | null,
  clock: Clock,
  load: () => Promise<Requests>,
): ObjectStore {
  function place(): string {
    const swift = origin();
    if (swift === null) throw new FailureError(OFFLINE);
    return swift;
  }

  const address = (at: SignedPath) => signedUrl(place(), at);

  /** A lost chunk is most often a lost network. */
  async function requests(): Promise<Requests> {
    return load().catch(() => {
      throw new FailureError(DROPPED);
    });
  }

  return {
    put: async (to, blob, io) => (await requests()).put(address(to), blob, io, clock),
    holds: async (at, { signal } = {}) => (await requests()).holds(address(at), clock, signal),
    get: async (from, { signal } = {}) => (await requests()).get(address(from), signal),
    answers: async ({ signal } = {}) => (await requests()).answers(place(), clock, signal),
    url: address,
  };
}
