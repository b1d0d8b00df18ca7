import type { Locks } from './ports.ts';

/** The browser's Web Locks: a held lock proves that its tab lives, and a closed or crashed tab lets go of it. */
export function browserLocks(): Locks {
  const manager = typeof navigator === 'object' ? navigator.locks : undefined;
  if (!manager) return soleTab();
  return {
    shared: true,
    take: (name) =>
      new Promise((resolve) => {
        manager
          .request(name, { ifAvailable: true }, (lock) => {
            if (!lock) return resolve(null);
            return new Promise<void>((release) => resolve(release));
          })
          // Refused by policy (an insecure or opaque context): nobody can be asked, so every lock is free.
          .catch(() => resolve(() => {}));
      }),
  };
}

/** Without Web Locks nothing is known of other tabs: what is this tab's own is known by its id alone. */
export function soleTab(): Locks {
  return { shared: false, take: async () => () => {} };
}
