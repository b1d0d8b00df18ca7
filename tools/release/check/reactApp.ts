import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { listen } from '../../../src/sandbox/listen.ts';
import { run } from './command.ts';
import { filesOf } from './files.ts';
import { talk } from './visit.ts';
import { viteOn } from './viteServer.ts';

const APP = 'tools/release/app';
/** What an app of a page's own installs beside the package; in the versions that this repository is tested with. */
const BESIDE = ['react', 'react-dom', '@types/react', '@types/react-dom', 'typescript', 'vite'];

interface PackageJson {
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
}

const { devDependencies, exports } = JSON.parse(readFileSync('package.json', 'utf8')) as PackageJson;

/** An empty app with the tarball and nothing of this repository in it. */
export function installApp(tarball: string, app: string): void {
  mkdirSync(app, { recursive: true });
  cpSync(APP, app, { recursive: true });
  const dependencies = Object.fromEntries(BESIDE.map((name) => [name, devDependencies[name]]));
  const manifest = {
    private: true,
    type: 'module',
    dependencies: { ...dependencies, 'attache-chat': `file:${tarball}` },
  };
  writeFileSync(join(app, 'package.json'), JSON.stringify(manifest));
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: app });
}

/** Node imports every door, as a server that renders pages does; none may leave anything behind. */
export function importInNode(app: string): void {
  const doors = Object.keys(exports)
    .filter((door) => !door.endsWith('.json'))
    .map((door) => `attache-chat${door.slice(1)}`);
  const script = `
    const before = Object.getOwnPropertyNames(globalThis);
    for (const door of ${JSON.stringify(doors)}) await import(door);
    const left = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
    if (left.length > 0) throw new Error('importing leaves ' + left.join(', '));
  `;
  run('node', ['--input-type=module', '--eval', script], { cwd: app });
}

/** Checks the types of the app and of everything that the package declares, as a bundler and as Node resolves them. */
export function checkTypes(app: string): void {
  run('npx', ['tsc', '--project', '.'], { cwd: app });
  run('npx', ['tsc', '--project', '.', '--module', 'nodenext', '--moduleResolution', 'nodenext'], { cwd: app });
}

/** The app in development, from Vite's own server: React renders twice in strict mode, and warns of what it does not like. */
export async function openAppInDevelopment(browser: Browser, app: string, servicesPort: number): Promise<void> {
  const services = encodeURIComponent(`http://localhost:${servicesPort}`);
  await viteOn(app, (origin) => talk(browser, `${origin}/?services=${services}`));
}

/** Builds the app and talks to the sandbox on `servicesPort` through it. */
export async function openApp(browser: Browser, app: string, servicesPort: number): Promise<void> {
  run('npx', ['vite', 'build'], { cwd: app });
  const site = await listen(filesOf(join(app, 'dist')), 0);
  const services = encodeURIComponent(`http://localhost:${servicesPort}`);
  try {
    await talk(browser, `http://localhost:${site.port}/?services=${services}`);
  } finally {
    await site.close();
  }
}
