/** What a fault's predicate sees: the request line as it came in. */
export interface FaultSubject {
  readonly method: string;
  /** Decoded path. */
  readonly path: string;
  readonly origin: string | null;
}

/**
 * What goes wrong. `status`: that answer instead of the real one. `cut`: the connection ends in the middle of the body,
 * whichever way it flows. `delay`: the real answer, later. `stall`: never an answer, and no more bytes are read.
 */
export type Fault =
  | { readonly how: 'status'; readonly status: number }
  | { readonly how: 'cut' }
  | { readonly how: 'delay'; readonly ms: number }
  | { readonly how: 'stall' };

export interface Faults {
  /**
   * The next `times` (1) requests for which `which` is true go wrong; preflights are asked about too. Returns how to
   * call it off.
   */
  fail(which: (subject: FaultSubject) => boolean, fault: Fault, times?: number): () => void;
  /** Takes the fault for this request, if one waits. */
  take(subject: FaultSubject): Fault | null;
}

export function createFaults(): Faults {
  const waiting = new Set<{ which: (subject: FaultSubject) => boolean; fault: Fault; left: number }>();
  return {
    fail(which, fault, times = 1) {
      const entry = { which, fault, left: times };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    take(subject) {
      for (const entry of waiting) {
        if (!entry.which(subject)) continue;
        entry.left -= 1;
        if (entry.left <= 0) waiting.delete(entry);
        return entry.fault;
      }
      return null;
    },
  };
}
