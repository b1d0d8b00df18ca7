import type { Http, ObjectStore } from '../net/ports.ts';
import { ABORTED, DROPPED, FailureError, refused } from '../protocol/failure.ts';
import type { Brand } from '../sandbox/brand.ts';
import type { FakeClock } from './clock.ts';

const HOSTS = { services: 'box.test', swift: 'swift.test' };

/** The brand's HTTP services without a network; nobody answers while it restarts. */
export function boxHttp(brand: Brand): Http {
  return {
    async json(url, { method = 'GET', body, headers = {}, signal } = {}) {
      await Promise.resolve();
      if (signal?.aborted) throw new FailureError(ABORTED);
      if (brand.refusing()) throw new FailureError(DROPPED);
      const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      const { pathname: path, searchParams: query } = new URL(url);
      const answer = brand.http({ method, path, query, headers: lower, body }, HOSTS);
      if (answer.status >= 400) throw new FailureError(refused(answer.status, String(answer.body ?? '')));
      return answer.body;
    },
  };
}

/** How the next PUTs end: `lost` never arrives, `landed` arrives while its answer is lost, a number is answered so. */
export type PutFault = 'lost' | 'landed' | number;

/** An object store in memory, 20 ms away. */
export interface BoxStore extends ObjectStore {
  /** relativePath → bytes. */
  readonly stored: Map<string, Blob>;
  /** Every PUT that arrived, in order. */
  readonly puts: string[];
  readonly putFaults: PutFault[];
}

const DISTANCE = 20;

export function boxStore(clock: FakeClock): BoxStore {
  const stored = new Map<string, Blob>();
  const puts: string[] = [];
  const putFaults: PutFault[] = [];
  return {
    stored,
    puts,
    putFaults,
    async put(to, blob, { signal, onProgress }) {
      onProgress(blob.size / 2);
      await new Promise<void>((resolve) => clock.after(DISTANCE, resolve));
      if (signal.aborted) throw new FailureError(ABORTED);
      const fault = putFaults.shift();
      if (fault === 'lost') throw new FailureError(DROPPED);
      if (typeof fault === 'number') throw new FailureError(refused(fault, ''));
      puts.push(to.relativePath);
      stored.set(to.relativePath, blob);
      if (fault === 'landed') throw new FailureError(DROPPED);
    },
    holds: async (at) => stored.has(at.relativePath),
    async get(from) {
      const blob = stored.get(from.relativePath);
      if (!blob) throw new FailureError(refused(404, ''));
      return blob;
    },
    answers: async () => true,
    url: (from) => `http://swift.test${from.relativePath}?${from.signature}`,
  };
}
