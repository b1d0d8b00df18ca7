import type { Clock, Locks, Memory, Persistence, Shelved } from '../net/ports.ts';
import { prefixOf } from '../net/storedKeys.ts';

export interface TabPorts {
  readonly account: string;
  readonly persistence: Persistence;
  readonly memory: Memory;
  readonly locks: Locks;
  readonly clock: Clock;
}

/** This tab among its neighbours: who it is, and whose unsent messages it takes over. */
export interface Tab {
  readonly id: string;
  /** The entries that this tab sends from now on, oldest first; those that nobody may send are deleted. */
  inherit(): Promise<readonly Shelved[]>;
  dispose(): void;
}

/** Ms after which an unsent message of a session that nobody can ask about is deleted. */
const STALE = 24 * 3_600_000;

/**
 * A tab keeps its id over reloads and holds a lock by it for its life. A duplicated tab copies the id and finds the lock
 * taken, so it becomes another one (docs/PROTOCOL O5).
 */
export async function becomeTab({ account, persistence, memory, locks, clock }: TabPorts): Promise<Tab> {
  const lockOf = (tab: string) => `${prefixOf(account)}:tab:${tab}`;
  let id = memory.get('tab') ?? clock.uuid();
  let release = await locks.take(lockOf(id));
  if (!release) {
    id = clock.uuid();
    release = await locks.take(lockOf(id));
  }
  memory.set('tab', id);

  async function isDead(owner: string): Promise<boolean> {
    const free = await locks.take(lockOf(owner));
    free?.();
    return free !== null;
  }

  async function fateOf(entry: Shelved): Promise<'mine' | 'delete' | 'leave'> {
    if (entry.owner === id) return 'mine';
    if (!locks.shared) return clock.now() - entry.at > STALE ? 'delete' : 'leave';
    if (!(await isDead(entry.owner))) return 'leave';
    // A session ends with its tab; a browser's memory passes to the next one.
    return persistence === 'local' ? 'mine' : 'delete';
  }

  return {
    id,
    async inherit() {
      const mine: Shelved[] = [];
      for (const entry of await memory.shelf.all()) {
        const fate = await fateOf(entry);
        if (fate === 'delete') await memory.shelf.remove(entry.id);
        if (fate !== 'mine') continue;
        if (entry.owner !== id) await memory.shelf.put({ ...entry, owner: id });
        mine.push(entry);
      }
      return mine;
    },
    dispose: () => release?.(),
  };
}
