import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesBelow } from '../../built.ts';
import { integrityOf } from '../manifest.ts';
import { type Place, run } from './command.ts';

/** A clean clone that has been packed. */
export interface Packed {
  /** The release as a content network gets it. */
  readonly release: string;
  readonly tarball: string;
  /** Digest of every file that leaves the house, by its name. */
  readonly digests: ReadonlyMap<string, string>;
}

/** What the repository holds, and what of it is not committed yet; nothing that it ignores. */
function sources(): readonly string[] {
  const listed = run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: '.' });
  const gone = run('git', ['ls-files', '-z', '--deleted'], { cwd: '.' }).split('\0');
  return listed.split('\0').filter((file) => file !== '' && !gone.includes(file));
}

/** Copies the sources as they are at this moment. */
export function cloneTo(folder: string): void {
  for (const file of sources()) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(file, join(folder, file));
  }
}

/** Installs by the lock file, builds and packs in a clean clone, as a publisher would. */
export function pack({ cwd, env = {} }: Place): Packed {
  run('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline'], { cwd, env });
  run('npm', ['pack'], { cwd, env });
  const tarball = readdirSync(cwd).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack left no tarball');
  const left = [tarball, ...['cdn', 'lib', 'release'].flatMap((part) => below(cwd, `dist/${part}`))];
  const digests = new Map(left.map((file) => [file, integrityOf(readFileSync(join(cwd, file)))]));
  return { release: join(cwd, 'dist/release'), tarball: join(cwd, tarball), digests };
}

function below(cwd: string, folder: string): readonly string[] {
  return filesBelow(join(cwd, folder)).map((file) => `${folder}/${file}`);
}

/** Names of files that are not byte for byte the same in both, or not in both. */
export function differences(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] {
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].filter((name) => one.get(name) !== other.get(name));
}
