import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { field } from '../protocol/read.ts';
import type { Brand, BrandSnapshot } from './brand.ts';

/** Accounts and conversations in a folder, over restarts. */

const FILE = 'brand.json';
/** Changes within this span are written together, ms. */
const WRITE_AFTER = 200;

/** What was kept in the folder; undefined where there is nothing yet. A file of another shape is an error. */
export function readKept(folder: string): BrandSnapshot | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    throw new Error(`${join(folder, FILE)} is not JSON: move it away to begin anew`);
  }
  if (field(kept, 'version') !== 1) throw new Error(`${join(folder, FILE)} was written by another version`);
  return kept as BrandSnapshot;
}

/** Writes aside and renames, so that a crash leaves the old file or the new one and never half of one. */
function write(brand: Brand, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const aside = join(folder, `${FILE}.new`);
  writeFileSync(aside, JSON.stringify(brand.snapshot()));
  renameSync(aside, join(folder, FILE));
}

/** Keeps a brand in a folder from now on. The returned function writes the last changes and ends it. */
export function keep(brand: Brand, folder: string): () => Promise<void> {
  write(brand, folder);
  let timer: NodeJS.Timeout | null = null;
  const stop = brand.onChange(() => {
    timer ??= setTimeout(() => {
      timer = null;
      write(brand, folder);
    }, WRITE_AFTER);
  });
  return async () => {
    stop();
    if (timer === null) return;
    clearTimeout(timer);
    write(brand, folder);
  };
}
