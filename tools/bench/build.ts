import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where the built loader and widget are. */
export const CDN = 'dist/cdn';
const BUILT = ['loader.js', 'widget/widget.js'].map((file) => join(CDN, file));
/** Folders whose newest file a build must not be older than; tests and the sandbox do not ship, yet the rest of src does. */
const SOURCES = ['flows', 'loader', 'media', 'model', 'net', 'protocol', 'store', 'ui', 'widget'];

function changedAt(path: string): number {
  return statSync(path).mtimeMs;
}

function newestSource(): number {
  const paths = SOURCES.flatMap((folder) =>
    readdirSync(join('src', folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => !/\.test\.tsx?$/.test(name))
      .map((name) => join('src', folder, name)),
  );
  return Math.max(...paths.map(changedAt));
}

/** Builds what ships unless it is there; says so when what is there is older than its sources. */
export function ensureBuild(): void {
  if (!BUILT.every((file) => existsSync(file))) {
    const { status } = spawnSync('npm', ['run', 'build'], { stdio: 'inherit' });
    if (status !== 0) throw new Error('there is nothing to measure: the build failed');
  } else if (Math.min(...BUILT.map(changedAt)) < newestSource()) {
    console.error('The build is older than its sources: what follows is about the build. To renew it: npm run build');
  }
}
