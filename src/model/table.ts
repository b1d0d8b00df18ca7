/**
 * Values by key, unchangeable: a changed one shares with its forerunner everything that is the same. Ten thousand messages
 * lie forty to a bucket, and a new one copies its bucket only; copying a map of them all takes over a millisecond.
 */
export interface Table<V> {
  readonly size: number;
  /** By hash of the key. */
  readonly buckets: readonly ReadonlyMap<string, V>[];
  get(key: string): V | undefined;
  has(key: string): boolean;
  /** In no particular order. */
  values(): IterableIterator<V>;
}

/** A power of two. */
const BUCKETS = 256;
/** The end of an id is what tells it from others: a sequence, or the last part of a UUID. */
const HASHED = 12;

function bucketOf(key: string): number {
  let hash = 0;
  for (let at = Math.max(0, key.length - HASHED); at < key.length; at += 1) hash = (hash * 31 + key.charCodeAt(at)) | 0;
  return (hash ^ (hash >>> 8)) & (BUCKETS - 1);
}

function tableFrom<V>(buckets: readonly ReadonlyMap<string, V>[], size: number): Table<V> {
  return {
    size,
    buckets,
    get: (key) => buckets[bucketOf(key)]?.get(key),
    has: (key) => buckets[bucketOf(key)]?.has(key) === true,
    *values() {
      for (const bucket of buckets) yield* bucket.values();
    },
  };
}

/** A table of these entries; of two with one key the later counts. */
export function tableOf<V>(entries: Iterable<readonly [string, V]> = []): Table<V> {
  const buckets = Array.from({ length: BUCKETS }, () => new Map<string, V>());
  let size = 0;
  for (const [key, value] of entries) {
    const bucket = buckets[bucketOf(key)];
    if (bucket && !bucket.has(key)) size += 1;
    bucket?.set(key, value);
  }
  return tableFrom(buckets, size);
}

/** A table being changed for the length of one call. */
export interface TableDraft<V> {
  get(key: string): V | undefined;
  has(key: string): boolean;
  set(key: string, value: V): void;
  delete(key: string): void;
  /** The same table when nothing was changed. */
  done(): Table<V>;
}

export function draftOfTable<V>(table: Table<V>): TableDraft<V> {
  const buckets = [...table.buckets];
  const own = new Map<number, Map<string, V>>();
  let { size } = table;

  function ownBucket(key: string): Map<string, V> {
    const at = bucketOf(key);
    const known = own.get(at);
    if (known) return known;
    const copy = new Map(buckets[at]);
    own.set(at, copy);
    buckets[at] = copy;
    return copy;
  }

  return {
    get: (key) => buckets[bucketOf(key)]?.get(key),
    has: (key) => buckets[bucketOf(key)]?.has(key) === true,
    set(key, value) {
      const bucket = ownBucket(key);
      if (!bucket.has(key)) size += 1;
      bucket.set(key, value);
    },
    delete(key) {
      if (ownBucket(key).delete(key)) size -= 1;
    },
    done: () => (own.size === 0 ? table : tableFrom(buckets, size)),
  };
}
