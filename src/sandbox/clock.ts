/** Time as the sandbox uses it: epoch ms, spans in ms. Tests inject one of their own. */
export interface SandboxClock {
  now(): number;
  /** Runs `wake` after `ms` at the earliest; the returned function takes it back. */
  after(ms: number, wake: () => void): () => void;
}

/** Timers hold 32 bits: anything longer would fire at once. */
const LONGEST_TIMER = 2_147_483_647;

export const systemClock: SandboxClock = {
  now: () => Date.now(),
  after(ms, wake) {
    let timer: ReturnType<typeof setTimeout>;
    const arm = (left: number) => {
      timer = setTimeout(
        () => (left > LONGEST_TIMER ? arm(left - LONGEST_TIMER) : wake()),
        Math.min(left, LONGEST_TIMER),
      );
    };
    arm(Math.max(0, ms));
    return () => clearTimeout(timer);
  },
};
