import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { freePort } from '../services.ts';

/** WebKitGTK's small browser and what drives it by the WebDriver protocol (W3C); Playwright has no WebKit to drive here. */
const DRIVER = '/usr/bin/WebKitWebDriver';
const BROWSERS = [
  '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
  '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
];
const SCREEN = '/usr/bin/xvfb-run';
/** The key by which WebDriver writes a reference to an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
export const ENTER = '\ue007';
export const ESCAPE = '\ue00c';

/** Debian's packages that a WebKit takes. */
export const WEBKIT_PACKAGES: readonly string[] = ['webkit2gtk-driver', 'xvfb', 'xauth'];

type Found = Readonly<Record<string, string>>;

/** One window of WebKit. */
export interface Webkit {
  go(url: string): Promise<void>;
  /** Runs a function body in the page and gives what it returns. */
  run<T>(body: string, ...args: unknown[]): Promise<T>;
  /** The one element that the body returns; waits until it does. */
  find(body: string): Promise<Found>;
  click(element: Found): Promise<void>;
  /** Types as a person would; into a file field, the path of a file. */
  type(element: Found, text: string): Promise<void>;
  close(): Promise<void>;
}

export function webkitAvailable(): boolean {
  return browser() !== undefined && existsSync(DRIVER) && existsSync(SCREEN);
}

function browser(): string | undefined {
  return BROWSERS.find((path) => existsSync(path));
}

/** Starts one on a screen of its own. Rejects when it does not come up. */
export async function startWebkit(): Promise<Webkit> {
  const port = await freePort();
  const args = ['-a', '-s', '-screen 0 1280x900x24', DRIVER, `--port=${port}`];
  const driver = spawn(SCREEN, args, {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, LIBGL_ALWAYS_SOFTWARE: '1' },
  });
  try {
    const base = `http://127.0.0.1:${port}`;
    await untilItAnswers(`${base}/status`);
    const options = { binary: browser(), args: ['--automation'] };
    const capabilities = { alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options } };
    const { sessionId } = await command<{ sessionId: string }>('POST', `${base}/session`, { capabilities });
    return windowOf(`${base}/session/${sessionId}`, driver);
  } catch (error) {
    end(driver);
    throw error;
  }
}

function windowOf(session: string, driver: ChildProcess): Webkit {
  const run = <T>(body: string, ...args: unknown[]) =>
    command<T>('POST', `${session}/execute/sync`, { script: body, args });
  return {
    go: (url) => command('POST', `${session}/url`, { url }),
    run,
    find: (body) => eventually(() => run<Found | null>(body), `an element by "${body}"`),
    click: (element) => command('POST', `${session}/element/${element[ELEMENT]}/click`, {}),
    type: (element, text) => command('POST', `${session}/element/${element[ELEMENT]}/value`, { text }),
    async close() {
      await command('DELETE', session).catch(() => {});
      end(driver);
    },
  };
}

/** Polls until there is something; rejects after 15 s. */
export async function eventually<T>(look: () => Promise<T | null | undefined | false>, what: string): Promise<T> {
  const until = Date.now() + 15_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > until) throw new Error(`WebKit has not come to ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function untilItAnswers(url: string): Promise<void> {
  await eventually(
    () =>
      fetch(url).then(
        (answer) => answer.ok,
        () => false,
      ),
    'answer',
  );
}

async function command<T>(method: string, url: string, body?: object): Promise<T> {
  const answer = await fetch(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } };
  if (!answer.ok) throw new Error(`${value?.error}: ${value?.message}`);
  return value;
}

/** xvfb-run, its screen, the driver and the browser are one group of processes. */
function end({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM');
  } catch {
    // Gone by itself.
  }
}
