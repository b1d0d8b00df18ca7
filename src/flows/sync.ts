import { FailureError, OFFLINE } from '../protocol/failure.ts';

/** A promise that others settle; nobody need be listening when it fails. */
export interface Sync {
  readonly done: Promise<boolean>;
  settle(whole: boolean): void;
  fail(): void;
}

export function createSync(): Sync {
  let settle = (_: boolean) => {};
  let reject = (_: FailureError) => {};
  const done = new Promise<boolean>((yes, no) => {
    settle = yes;
    reject = no;
  });
  done.catch(() => {});
  return { done, settle, fail: () => reject(new FailureError(OFFLINE)) };
}
