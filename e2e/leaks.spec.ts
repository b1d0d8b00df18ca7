import type { CDPSession, Page } from '@playwright/test';
import { ACCOUNT, expect, test } from './world.ts';

/** Lives after which everything that is loaded or compiled once has been. */
const WARM_UP = 20;
const LIVES = 50;
/** Bytes of growth over all lives. */
const MOST_GROWTH = 1_000_000;

interface Counted {
  readonly resources: { readonly urls: Set<string>; readonly sockets: Set<WebSocket>; readonly workers: Set<Worker> };
}

/** Keeps count of what only the page can see: object URLs that are not revoked, sockets and workers that are not closed. */
function count(): void {
  const resources = { urls: new Set<string>(), sockets: new Set<WebSocket>(), workers: new Set<Worker>() };
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (of) => {
    const url = createObjectURL.call(URL, of);
    resources.urls.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    resources.urls.delete(url);
    revokeObjectURL.call(URL, url);
  };
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      resources.sockets.add(this);
      this.addEventListener('close', () => resources.sockets.delete(this));
    }
  };
  window.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      resources.workers.add(this);
    }
    override terminate(): void {
      resources.workers.delete(this);
      super.terminate();
    }
  };
  Object.assign(window, { resources });
}

/** What is still there when all that can be let go of has been. */
async function residue(page: Page, devtools: CDPSession) {
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  const held = await page.evaluate(async () => {
    const { urls, sockets, workers } = (window as unknown as Counted).resources;
    const { held: locks = [] } = await navigator.locks.query();
    return { urls: urls.size, sockets: sockets.size, workers: workers.size, locks: locks.length };
  });
  return {
    counts: { ...held, nodes: metric('Nodes'), listeners: metric('JSEventListeners') },
    heap: metric('JSHeapUsedSize'),
  };
}

/**
 * Boots, opens, sends a text and a photo, destroys; as often as told. By a script of the page: Playwright's own locators
 * keep the elements that they have found.
 */
async function live(boot: object, lives: number): Promise<void> {
  async function found<T>(find: () => T | null | undefined): Promise<T> {
    for (let tries = 0; tries < 1_000; tries += 1) {
      const it = find();
      if (it) return it;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`never came: ${find}`);
  }
  const attache = (...command: unknown[]) => Reflect.get(window, 'attache')(...command);
  const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 30 });
  const photo = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  for (let life = 0; life < lives; life += 1) {
    attache('boot', boot);
    const root = await found(() => document.querySelector('attache-chat')?.shadowRoot);
    root.querySelector('button')?.click();
    const field = await found(() => root.querySelector('textarea'));
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field, 'hello');
    field.dispatchEvent(new Event('input', { bubbles: true }));
    const files = new DataTransfer();
    if (photo) files.items.add(new File([photo], 'photo.png', { type: 'image/png' }));
    const picker = await found(() => root.querySelector<HTMLInputElement>('input[type=file]'));
    picker.files = files.files;
    picker.dispatchEvent(new Event('change', { bubbles: true }));
    const send = await found(() => root.querySelector<HTMLButtonElement>('button[aria-label=Send]'));
    await found(() => root.querySelector('[data-at=ready], img'));
    send.click();
    await found(() => root.querySelectorAll('article[aria-label$=", Sent"]').length === 2);
    attache('destroy');
    await found(() => (window as unknown as Counted).resources.sockets.size === 0);
  }
}

test('after fifty lives nothing is left behind', async ({ chat, sandbox, page }) => {
  await page.addInitScript(count);
  await page.reload();
  await chat.launcher.waitFor();
  await page.evaluate(() => Reflect.get(window, 'attache')('destroy'));
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const boot = { account: ACCOUNT, domainApi: `http://localhost:${sandbox.port}`, persistence: 'memory' };
  const lives = (many: number) => page.evaluate(`(${live})(${JSON.stringify(boot)}, ${many})`);
  await lives(WARM_UP);
  const before = await residue(page, devtools);
  await lives(LIVES);
  const after = await residue(page, devtools);
  test.info().annotations.push({ type: 'heap growth', description: `${after.heap - before.heap} bytes` });
  const { nodes, listeners, ...resources } = after.counts;
  expect(resources).toEqual({ urls: 0, sockets: 0, workers: 0, locks: 0 });
  // Chromium's own counts waver by a few; what each life leaves behind would be there fifty times.
  expect(nodes - before.counts.nodes).toBeLessThan(LIVES / 2);
  expect(listeners - before.counts.listeners).toBeLessThan(LIVES / 2);
  expect(after.heap - before.heap).toBeLessThan(MOST_GROWTH);
});
