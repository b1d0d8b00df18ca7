import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BuiltFile, builtFiles, CDN, FLOATING, MANIFEST } from '../built.ts';
import { foldersOf, type Manifest, released } from './manifest.ts';
import { PLACE, pinnedSnippet } from './snippet.ts';

/** What goes to the content network, as it lies there. */
const RELEASE = 'dist/release';

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string };
const { exact, floating } = foldersOf(version);

/** Copies `files` and writes their manifest beside them. */
async function publish(from: string, to: string, files: readonly BuiltFile[]): Promise<Manifest> {
  const manifest: Manifest = { name, version, files: await released(from, files) };
  for (const { path } of files) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(from, path), join(to, path));
  }
  writeFileSync(join(to, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

const files = builtFiles();
rmSync(RELEASE, { recursive: true, force: true });
const manifest = await publish(CDN, join(RELEASE, exact), files);
writeFileSync(join(RELEASE, exact, 'pinned.html'), pinnedSnippet(`${PLACE}/${exact}`, manifest.files));
// The package has the same files, so the same list is true of them.
cpSync(join(RELEASE, exact, MANIFEST), join(CDN, MANIFEST));
if (floating !== null) {
  const loader = files.filter((file) => file.name === 'loader');
  await publish(FLOATING, join(RELEASE, floating), loader);
}
console.log(`\n${RELEASE}/${exact}: ${files.length} files, for ever`);
console.log(floating ? `${RELEASE}/${floating}: the loader that leads there` : 'a pre-release: nobody follows it');
