import type { Rolldown } from 'vite';

type Splitting = Exclude<Rolldown.OutputOptions['codeSplitting'], boolean | undefined>;
type Group = NonNullable<Splitting['groups']>[number];

/** The part of Rolldown's view of the modules that is asked. */
interface Graph {
  getModuleInfo(id: string): {
    readonly importedIds: readonly string[];
    readonly dynamicallyImportedIds: readonly string[];
  } | null;
}

/** Everything that comes with a module whether one wants it or not. */
function staticFrom(root: string, graph: Graph): Set<string> {
  const found = new Set([root]);
  for (const id of found) for (const other of graph.getModuleInfo(id)?.importedIds ?? []) found.add(other);
  return found;
}

/** What at least two lazy chunks hold and the entry does not. */
function sharedBelow(entry: string, graph: Graph): Set<string> {
  const opening = staticFrom(entry, graph);
  const roots = new Set([entry]);
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const root of roots) {
    for (const id of staticFrom(root, graph)) {
      for (const lazy of graph.getModuleInfo(id)?.dynamicallyImportedIds ?? []) roots.add(lazy);
      if (opening.has(id) || roots.has(id)) continue;
      if (seen.has(id)) shared.add(id);
      seen.add(id);
    }
  }
  return shared;
}

/**
 * One chunk `shared` for what several lazy chunks need and the entry does not hold, where Rolldown would make several small ones
 * with names that change.
 * @param entry absolute path of the entry module
 */
export function sharedChunk(entry: string): Group {
  let shared: Set<string> | null = null;
  return {
    name(id, graph) {
      shared ??= sharedBelow(entry, graph);
      return shared.has(id) ? 'shared' : null;
    },
    includeDependenciesRecursively: false,
  };
}
