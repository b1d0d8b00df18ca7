/**
 * What the job gives, or null: when it fails, when it has not settled in time, when `signal` is or becomes aborted. The job's
 * own signal is aborted on the way out; a job that has been given up and still ends well hands its result to `late`.
 */
export function within<T>(
  job: (stop: AbortSignal) => Promise<T>,
  io: { readonly ms: number; readonly signal?: AbortSignal | undefined; readonly late: (result: T) => void },
): Promise<T | null> {
  return new Promise((resolve) => {
    if (io.signal?.aborted) {
      resolve(null);
      return;
    }
    const stop = new AbortController();
    const timeout = AbortSignal.timeout(io.ms);
    const giveUp = () => {
      stop.abort();
      resolve(null);
    };
    const done = () => {
      timeout.removeEventListener('abort', giveUp);
      io.signal?.removeEventListener('abort', giveUp);
    };
    timeout.addEventListener('abort', giveUp);
    io.signal?.addEventListener('abort', giveUp);
    const started = async () => job(stop.signal);
    started().then(
      (result) => {
        done();
        if (stop.signal.aborted) io.late(result);
        else resolve(result);
      },
      () => {
        done();
        resolve(null);
      },
    );
  });
}

/** The same work, begun only when the call before it has settled. */
export function oneAtATime<A extends unknown[], T>(work: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
  let before: Promise<unknown> = Promise.resolve();
  return (...args) => {
    const mine = before.then(() => work(...args));
    before = mine.catch(() => undefined);
    return mine;
  };
}
