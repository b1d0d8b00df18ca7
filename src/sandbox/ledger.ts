import type { Answer, Request } from './requests.ts';

/** What was asked, and what is answered otherwise than it would be. For tests, and for showing faults. */

/** A request as it was received. HTTP requests have a type such as `POST /api/account/1/signup` and no body. */
export interface RecordedRequest extends Request {
  readonly from: 'consumer' | 'agent' | 'http';
  readonly account: string;
  /** Consumer id or agent's participant id; null before the greeting. */
  readonly person: string | null;
  /** Epoch ms. */
  readonly at: number;
}

/** What an override decides: an answer, no answer, or the end of the socket (1006 cuts it without a word). */
export type Outcome = Answer | 'silent' | { readonly close: number; readonly reason?: string };

/**
 * Decides a request's outcome. `proceed` carries it out as usual and returns the answer that would have gone back, so
 * that an answer can be lost after the deed. Undefined leaves everything as usual.
 */
export type Override = (request: RecordedRequest, proceed: () => Answer) => Outcome | undefined;

export interface Ledger {
  readonly requests: readonly RecordedRequest[];
  record(request: RecordedRequest): void;
  overrideFor(type: string): Override | undefined;
  /** The newest override of a type wins; the returned function takes it back. */
  override(type: string, override: Override): () => void;
}

/** Remembers this many requests, the newest; a server that runs for days must not fill memory. */
export function createLedger(limit: number): Ledger {
  const requests: RecordedRequest[] = [];
  const overrides = new Map<string, Override[]>();
  return {
    requests,
    record(request) {
      requests.push(request);
      if (requests.length > limit) requests.splice(0, requests.length - limit);
    },
    overrideFor: (type) => overrides.get(type)?.at(-1),
    override(type, override) {
      overrides.set(type, [...(overrides.get(type) ?? []), override]);
      return () => {
        overrides.set(
          type,
          (overrides.get(type) ?? []).filter((other) => other !== override),
        );
      };
    },
  };
}
