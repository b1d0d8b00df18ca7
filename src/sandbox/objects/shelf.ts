import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { field, numberOf, stringOf } from '../../protocol/read.ts';

export interface StoredObject {
  readonly bytes: Buffer;
  readonly contentType: string;
  /** What the PUT's own Content-Disposition said, or null. */
  readonly disposition: string | null;
  /** MD5 in hex, bare as Swift gives it. */
  readonly etag: string;
  /** Hex, for comparing what was sent with what lies here. */
  readonly sha256: string;
  /** Epoch ms of the PUT. */
  readonly at: number;
}

/** The objects of a store by plain path, in memory, and in a folder as well where one is given. */
export interface Shelf {
  readonly objects: ReadonlyMap<string, StoredObject>;
  put(path: string, bytes: Buffer, about: Pick<StoredObject, 'contentType' | 'disposition' | 'at'>): StoredObject;
  remove(path: string): boolean;
}

const SUFFIX = '.object';

function hash(algorithm: 'md5' | 'sha256', data: Buffer | string): string {
  return createHash(algorithm).update(data).digest('hex');
}

function stored(bytes: Buffer, about: Pick<StoredObject, 'contentType' | 'disposition' | 'at'>): StoredObject {
  return { ...about, bytes, etag: hash('md5', bytes), sha256: hash('sha256', bytes) };
}

/** One file holds a line of JSON about the object, then its bytes; null where that is not so. */
function readObject(file: Buffer): { path: string; object: StoredObject } | null {
  const end = file.indexOf('\n');
  if (end < 0) return null;
  let about: unknown;
  try {
    about = JSON.parse(file.toString('utf8', 0, end));
  } catch {
    return null;
  }
  const path = stringOf(field(about, 'path'));
  const contentType = stringOf(field(about, 'contentType'));
  const at = numberOf(field(about, 'at'));
  if (!path || !contentType || at === null) return null;
  const disposition = stringOf(field(about, 'disposition'));
  return { path, object: stored(file.subarray(end + 1), { contentType, disposition, at }) };
}

function readFolder(folder: string): Map<string, StoredObject> {
  mkdirSync(folder, { recursive: true });
  const objects = new Map<string, StoredObject>();
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith(SUFFIX))) {
    const found = readObject(readFileSync(join(folder, name)));
    if (found) objects.set(found.path, found.object);
  }
  return objects;
}

/** Opens a shelf. Throws where the folder cannot be made or read. */
export function openShelf(folder?: string): Shelf {
  const objects = folder === undefined ? new Map<string, StoredObject>() : readFolder(folder);
  // A file is named by the hash of the path, so no path can name a file of its own choice.
  const fileOf = (path: string) => join(folder ?? '', hash('sha256', path) + SUFFIX);

  return {
    objects,
    put(path, bytes, about) {
      const object = stored(bytes, about);
      if (folder !== undefined) {
        const line = JSON.stringify({ path, ...about });
        const half = `${fileOf(path)}.part`;
        writeFileSync(half, Buffer.concat([Buffer.from(`${line}\n`), bytes]));
        renameSync(half, fileOf(path));
      }
      objects.set(path, object);
      return object;
    },
    remove(path) {
      if (folder !== undefined) rmSync(fileOf(path), { force: true });
      return objects.delete(path);
    },
  };
}
