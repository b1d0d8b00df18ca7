import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import process from 'node:process';
import { exiftoolAvailable } from '../e2e/exiftool.ts';
import { swiftAvailable } from '../e2e/swift/swift.ts';
import { WEBKIT_PACKAGES, webkitAvailable } from '../e2e/webkit/webkit.ts';
import { aptInstall, findBrowser } from './browser.ts';
import { FIREFOX } from './chromium.ts';

/**
 * `npm test`: every check there is, each step timed, everything counted. Goes on after a failure, so that one run tells
 * all. A missing browser, Swift or ExifTool is named and its tests left out; with CI=true it counts as a failure.
 */
const RESULTS = 'test-results';
const strict = process.env.CI === 'true';
const total = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];

function run(command: string, args: readonly string[], cwd = '.'): boolean {
  return spawnSync(command, args, { stdio: 'inherit', cwd, env: process.env }).status === 0;
}

function step(name: string, work: () => { passed: number; failed: number; skipped: number }): void {
  console.log(`\n━━ ${name}`);
  const start = Date.now();
  const { passed, failed, skipped } = work();
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  lines.push(
    `${failed > 0 ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds} s)`,
  );
}

/** A step that counts as one. */
function one(name: string, command: string, ...args: string[]): void {
  step(name, () => (run(command, args) ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }));
}

/** What a runner wrote of itself; a runner that wrote nothing has failed. */
function report<T>(file: string): T | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null;
}

function vitest(name: string, ...projects: string[]): void {
  step(name, () => {
    const file = `${RESULTS}/${projects.join('-')}.json`;
    rmSync(file, { force: true });
    const args = projects.flatMap((project) => ['--project', project]);
    const ok = run('npx', [
      'vitest',
      'run',
      ...args,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ]);
    const said = report<{ numPassedTests: number; numFailedTests: number; numPendingTests: number }>(file);
    const failed = said?.numFailedTests ?? 0;
    // A file that cannot even be loaded fails no test of its own.
    return {
      passed: said?.numPassedTests ?? 0,
      failed: ok ? failed : Math.max(1, failed),
      skipped: said?.numPendingTests ?? 0,
    };
  });
}

function e2e(...projects: string[]): void {
  step('e2e on the built files', () => {
    const file = `${RESULTS}/e2e.json`;
    rmSync(file, { force: true });
    const ok = run('npx', ['playwright', 'test', ...projects.map((project) => `--project=${project}`)]);
    const said = report<E2eReport>(file);
    const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = said?.stats ?? {};
    for (const title of said?.suites.flatMap(flakyIn) ?? []) lines.push(`! passed at its second try: ${title}`);
    return { passed: expected + flaky, failed: ok ? unexpected : Math.max(1, unexpected), skipped };
  });
}

interface Suite {
  readonly title: string;
  readonly suites?: readonly Suite[];
  readonly specs?: readonly { readonly title: string; readonly tests: readonly { readonly status: string }[] }[];
}

interface E2eReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  readonly suites: readonly Suite[];
}

/** Titles of tests that failed and then passed: each is a defect of the test or of the code. */
function flakyIn({ title, suites = [], specs = [] }: Suite): string[] {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky'));
  return [...own.map((spec) => spec.title), ...suites.flatMap(flakyIn)].map((name) => `${title} › ${name}`);
}

function missing(what: string, remedy: string): void {
  console.error(`\n!!!! NO ${what}: its tests are left out. ${remedy}\n`);
  lines.push(`${strict ? '✗' : '!'} no ${what}`);
  if (strict) total.failed += 1;
}

/** What is no package of npm's; fetched from Debian's where it is not there yet. True when it can be used. */
function found(what: string, isThere: () => boolean, ...packages: string[]): boolean {
  if (isThere() || (aptInstall(...packages) && isThere())) return true;
  missing(what, `On Debian or Ubuntu: apt-get install --no-install-recommends ${packages.join(' ')}`);
  return false;
}

mkdirSync(RESULTS, { recursive: true });
const browser = findBrowser();
if (!browser) missing('CHROMIUM', 'Install one, or name it in CHROMIUM_PATH.');
const swift = found('OPENSTACK SWIFT', () => swiftAvailable() === true, 'python3-swift');
const firefox = found('FIREFOX', () => existsSync(FIREFOX), 'firefox-esr');
const webkit = found('WEBKIT', webkitAvailable, ...WEBKIT_PACKAGES);
found('EXIFTOOL', () => exiftoolAvailable() === true, 'libimage-exiftool-perl');
if (!existsSync('/usr/bin/openssl')) aptInstall('openssl');

one('types', 'npm', 'run', '--silent', 'typecheck');
one('lint and format', 'npm', 'run', '--silent', 'lint');
vitest('unit, component and contract tests', 'unit', 'dom');
if (browser) vitest('tests in a real browser', 'browser');
one('build and budgets', 'npm', 'run', '--silent', 'build');
if (browser) {
  one(
    "LivePerson's agent library",
    'npm',
    'ci',
    '--prefix',
    'e2e/agent-sdk',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  );
  e2e(
    'sandbox',
    ...(swift ? ['swift', 'swift-sha256'] : []),
    ...(firefox ? ['firefox'] : []),
    ...(webkit ? ['webkit'] : []),
  );
}

console.log(`\n${lines.join('\n')}\n`);
if (total.skipped > 0) console.log(`${total.skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
