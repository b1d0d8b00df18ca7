import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright';
import { startSandbox } from '../../src/sandbox/server.ts';
import { findBrowser } from '../browser.ts';
import { CHROMIUM_ARGS, chromiumPath } from '../chromium.ts';
import { cloneTo, differences, type Packed, pack } from './check/builds.ts';
import { run } from './check/command.ts';
import { openHtmlPages, refuseStrangers } from './check/htmlPage.ts';
import { checkTypes, importInNode, installApp, openApp, openAppInDevelopment } from './check/reactApp.ts';
import { openVueApp } from './check/vueApp.ts';

/**
 * `npm run release:check`: packs two clean copies of these sources, compares them byte for byte, and opens what was packed
 * as brands will: in an empty React app and on plain HTML pages. Ends with 1 at the first thing that is wrong.
 */
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const work = mkdtempSync(join(tmpdir(), 'attache-release-'));

async function step<T>(name: string, act: () => T | Promise<T>): Promise<T> {
  const start = Date.now();
  const result = await act();
  console.log(`✓ ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  return result;
}

async function openEverything(packed: Packed, app: string): Promise<void> {
  const executablePath = chromiumPath();
  const browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath ? { executablePath } : {}) });
  const sandbox = await startSandbox({ port: 0, storePort: 0, agent: { pace: 0.1 } });
  const opening = { browser, packed, version, servicesPort: sandbox.port, work: join(work, 'html') };
  try {
    await step('the React app opens, sends and is answered', () => openApp(browser, app, sandbox.port));
    await step('so does its development build, in strict mode, by one socket and without a warning', () =>
      openAppInDevelopment(browser, app, sandbox.port),
    );
    await step('so does a Vue app, as the recipe has it', () =>
      openVueApp(browser, packed.tarball, join(work, 'vue'), sandbox.port),
    );
    await step('so do HTML pages: by the recipes, from the package, by the version that follows, pinned', () =>
      openHtmlPages(opening),
    );
    await step('a pinned page runs nothing that was changed', () => refuseStrangers(opening));
  } finally {
    await browser.close();
    await sandbox.close();
  }
}

async function check(): Promise<void> {
  if (!findBrowser()) throw new Error('no Chromium: install one, or name it in CHROMIUM_PATH');
  const [one, other] = [join(work, 'one'), join(work, 'two/deeper/attache')];
  // Both at once: somebody may be at work here while the first is packed.
  for (const clone of [one, other]) cloneTo(clone);
  const packed = await step('a clean clone installs, builds within its budgets and packs', () => pack({ cwd: one }));
  await step('another one, deeper, in another time zone and language, is the same byte for byte', () => {
    const env = { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
    const different = differences(packed.digests, pack({ cwd: other, env }).digests);
    if (different.length > 0) throw new Error(`these files differ:\n${different.join('\n')}`);
    console.log(`  ${packed.digests.size} files compared`);
  });
  await step('publint has nothing to say', () => run('npx', ['publint', '--strict', packed.tarball], { cwd: '.' }));
  await step('the types are right for ES modules and bundlers', () =>
    run('npx', ['attw', packed.tarball, '--profile', 'esm-only'], { cwd: '.' }),
  );
  const app = join(work, 'app');
  await step('an empty React app installs the package', () => installApp(packed.tarball, app));
  await step('Node imports it and nothing is left behind', () => importInNode(app));
  await step('its types hold, those of the package included', () => checkTypes(app));
  await openEverything(packed, app);
}

try {
  await check();
  rmSync(work, { recursive: true, force: true });
  console.log(`\n${version} can be released.`);
} catch (error) {
  console.error(`\n✗ ${error instanceof Error ? error.message : String(error)}\n\nWhat was tried is in ${work}`);
  process.exitCode = 1;
}
