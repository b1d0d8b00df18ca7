import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuiltFile } from '../built.ts';
import { type Weight, weigh } from '../weigh.ts';

/** A published file: where it is from the manifest, when it is downloaded, what it weighs, and how to know it. */
export interface ReleasedFile extends BuiltFile, Weight {
  /** As the attribute `integrity` wants it: `sha384-` and the digest in base64. */
  readonly integrity: string;
}

/** `manifest.json` beside the files. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly files: readonly ReleasedFile[];
}

/** Subresource integrity of these bytes (SRI, sha384). */
export function integrityOf(bytes: Buffer): string {
  return `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
}

/** Reads, digests and weighs files of `folder`. Rejects when one is missing. */
export async function released(folder: string, files: readonly BuiltFile[]): Promise<readonly ReleasedFile[]> {
  return await Promise.all(
    files.map(async (file) => {
      const bytes = readFileSync(join(folder, file.path));
      return { ...file, ...(await weigh(bytes)), integrity: integrityOf(bytes) };
    }),
  );
}

/** Two lines: a folder of exactly this version, and the one that follows; null for a version that nobody is to follow. */
export interface Folders {
  readonly exact: string;
  readonly floating: string | null;
}

const VERSION = /^(\d+)\.\d+\.\d+(-[\d.A-Za-z-]+)?$/;

/** `v1.4.2` and `v1`. A pre-release such as `2.0.0-rc.1` moves nobody. Throws for what is not a version. */
export function foldersOf(version: string): Folders {
  const [, major, preRelease] = VERSION.exec(version) ?? [];
  if (major === undefined) throw new Error(`"${version}" is not a version such as 1.4.2`);
  return { exact: `v${version}`, floating: preRelease === undefined ? `v${major}` : null };
}
