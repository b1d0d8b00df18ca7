/** Counts what the page has asked to be woken for: time-outs, intervals and animation frames. */
export interface TimersProbe {
  pending(): number;
}

/** Runs in the page before anything else does; sees nothing of this module but itself. */
export function installTimers(): void {
  const pending = new Set<string>();
  const { setTimeout, setInterval, requestAnimationFrame, clearTimeout, clearInterval, cancelAnimationFrame } = window;
  const run = (handler: TimerHandler, given: unknown[]) => {
    if (typeof handler === 'function') handler(...given);
  };

  function timeout(handler: TimerHandler, ms?: number, ...given: unknown[]): number {
    const id = setTimeout(() => {
      pending.delete(`timer ${id}`);
      run(handler, given);
    }, ms);
    pending.add(`timer ${id}`);
    return id;
  }
  function interval(handler: TimerHandler, ms?: number, ...given: unknown[]): number {
    const id = setInterval(() => run(handler, given), ms);
    pending.add(`timer ${id}`);
    return id;
  }
  function frame(callback: FrameRequestCallback): number {
    const id = requestAnimationFrame((time) => {
      pending.delete(`frame ${id}`);
      callback(time);
    });
    pending.add(`frame ${id}`);
    return id;
  }
  // Time-outs and intervals share their ids, and each may be cleared as the other.
  const clear = (native: (id?: number) => void) => (id?: number) => {
    pending.delete(`timer ${id}`);
    native(id);
  };
  const cancel = (id: number) => {
    pending.delete(`frame ${id}`);
    cancelAnimationFrame(id);
  };
  Object.assign(window, {
    setTimeout: timeout,
    setInterval: interval,
    requestAnimationFrame: frame,
    clearTimeout: clear(clearTimeout),
    clearInterval: clear(clearInterval),
    cancelAnimationFrame: cancel,
  });
  const probe: TimersProbe = { pending: () => pending.size };
  Object.assign(window, { timersProbe: probe });
}
