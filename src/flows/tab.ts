import type { Clock, Locks, Memory, Persistence, Shelved } from '../net/ports.ts';
import { prefixOf } from '../net/storedKeys.ts';
import { pause } from '../net/throttle.ts';

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
/** Ms in which a browser frees the lock that the chat before this one on the same page has let go of. */
const FREED_WITHIN = 100;

/**
 * A tab keeps its id over reloads and holds a lock by it for its life. A duplicated tab copies the id and finds the lock
 * taken, so it becomes another one (docs/PROTOCOL O5).
 */
export async function becomeTab({ account, persistence, memory, locks, clock }: TabPorts): Promise<Tab> {
  const lockOf = (tab: string) => `${prefixOf(account)}:tab:${tab}`;
  /** Tab id → its lock, held by this one. */
  const held = new Map<string, () => void>();
  let ended = false;

  /** A closed tab's lock is kept: another one that comes now must not find it free as well. */
  async function hold(tab: string): Promise<boolean> {
    const release = held.get(tab) ?? (await locks.take(lockOf(tab)));
    if (!release) return false;
    if (ended) release();
    else held.set(tab, release);
    return !ended;
  }

  const known = memory.get('tab') ?? clock.uuid();
  const isFree = await hold(known);
  const id = isFree ? known : clock.uuid();
  if (!isFree) await hold(id);
  memory.set('tab', id);

  async function fateOf(entry: Shelved): Promise<'mine' | 'delete' | 'leave'> {
    if (entry.owner === id) return 'mine';
    if (!locks.shared) return clock.now() - entry.at > STALE ? 'delete' : 'leave';
    if (!(await hold(entry.owner))) return 'leave';
    // A session ends with its tab; a browser's memory passes to the next one. The lock that was not free may have been that of
    // another chat on this page, whose place this one has taken.
    return persistence === 'local' || entry.owner === known ? 'mine' : 'delete';
  }

  return {
    id,
    async inherit() {
      const mine: Shelved[] = [];
      if (!isFree) await pause(clock, FREED_WITHIN);
      for (const entry of await memory.shelf.all()) {
        const fate = await fateOf(entry);
        if (fate === 'delete') await memory.shelf.remove(entry.id);
        if (fate !== 'mine') continue;
        if (entry.owner !== id) await memory.shelf.put({ ...entry, owner: id });
        mine.push(entry);
      }
      return mine;
    },
    dispose() {
      ended = true;
      for (const release of held.values()) release();
    },
  };
}
