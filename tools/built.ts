import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a brand page downloads: the folder of the built loader and widget. */
export const CDN = 'dist/cdn';
/** The loader that a release puts at the address that follows the releases. */
export const FLOATING = 'dist/floating';
/** The list that a release adds. */
export const MANIFEST = 'manifest.json';
/** Vite's list of the widget's chunks; it stays at home. */
const VITE_MANIFEST = 'widget/.vite/manifest.json';

/**
 * When a page downloads a file: always, with the first opening, later for one purpose, when it imports that module itself,
 * or only for a debugger.
 */
export type Role = 'loader' | 'first open' | 'lazy' | 'door' | 'source map';

/** A module beside the loader that a page may import by itself. */
const DOOR = /^doors\/([\w-]+)\.js$/;

export interface BuiltFile {
  /** From the folder of the loader, with forward slashes. */
  readonly path: string;
  readonly role: Role;
  /** What the budgets call it: its chunk without the hash. A source map has the name of its script. */
  readonly name: string;
}

/** What is read of an entry of Vite's manifest; `imports` are keys of other entries. */
export interface ViteChunk {
  readonly file: string;
  readonly name?: string;
  readonly imports?: readonly string[];
}

export type ViteManifest = Readonly<Record<string, ViteChunk>>;

/** Files that come with a chunk whether one wants them or not, relative to the widget's folder. */
function comingWith(manifest: ViteManifest, key: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const other of chunk.imports ?? []) comingWith(manifest, other, found);
  return found;
}

/**
 * Tells what each of `paths` (relative to the loader's folder) is for, in their order. Throws for a build without a widget
 * and for a file that nobody downloads: what is published has a purpose.
 */
export function rolesOf(manifest: ViteManifest, paths: readonly string[]): readonly BuiltFile[] {
  const entry = Object.keys(manifest).find((key) => manifest[key]?.file === 'widget.js');
  if (entry === undefined) throw new Error('the build has no widget/widget.js: run "npm run build" first');
  const atOpen = comingWith(manifest, entry);
  const chunks = new Map(Object.values(manifest).map((chunk) => [`widget/${chunk.file}`, chunk]));

  function fileAt(path: string): BuiltFile {
    if (path === 'loader.js') return { path, role: 'loader', name: 'loader' };
    if (path.endsWith('.js.map')) return { ...fileAt(path.slice(0, -'.map'.length)), path, role: 'source map' };
    const door = DOOR.exec(path)?.[1];
    if (door !== undefined) return { path, role: 'door', name: door };
    const chunk = chunks.get(path);
    if (!chunk) throw new Error(`the build holds ${path}, which is no part of the loader or the widget`);
    const name = chunk.name ?? chunk.file;
    return { path, role: atOpen.has(chunk.file) ? 'first open' : 'lazy', name };
  }
  return paths.map(fileAt);
}

/** The files below a folder, sorted, with forward slashes. Folders whose name begins with a dot stay at home. */
export function filesBelow(folder: string, under = ''): readonly string[] {
  return readdirSync(join(folder, under), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((file) => (file.isDirectory() ? filesBelow(folder, `${under}${file.name}/`) : [`${under}${file.name}`]))
    .sort();
}

/** What the last build left in `dist/cdn`. Throws when there is none. */
export function builtFiles(): readonly BuiltFile[] {
  const manifest = JSON.parse(readFileSync(join(CDN, VITE_MANIFEST), 'utf8')) as ViteManifest;
  return rolesOf(
    manifest,
    filesBelow(CDN).filter((path) => path !== MANIFEST),
  );
}
