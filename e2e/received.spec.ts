import type { Page } from '@playwright/test';
import { type Sandbox, startSandbox } from '../src/sandbox/server.ts';
import { file, jpegOf } from './files.ts';
import { test as base, type Chat, chatOn, expect } from './world.ts';

/** An agent who answers at once, and sends a photo with its preview and a document after the first file. */
const test = base.extend<{ sandbox: Sandbox }>({
  sandbox: async ({ sites }, use) => {
    const sandbox = await startSandbox({ port: 0, storePort: 0, storeOrigins: [sites.brand], agent: { pace: 0 } });
    await use(sandbox);
    await sandbox.close();
  },
});

const NAME = 'Our trial field in May.jpg';
const photo = file('slope.jpg', 'image/jpeg', jpegOf(300_000));

/** The next so many times that a picture is asked for, it is refused like an aged address: 401 without CORS headers. */
function refusePictures({ store }: Sandbox, times: number): void {
  store?.fail(({ method, path }) => method === 'GET' && path.endsWith('.JPG'), { how: 'status', status: 401 }, times);
}

async function sendPhoto(chat: Chat): Promise<void> {
  await chat.open();
  await chat.drop(photo);
  await chat.send.click();
}

async function exchangePhotos(chat: Chat): Promise<void> {
  await sendPhoto(chat);
  await expect(chat.panel.getByRole('button', { name: /Open photo from .*trial field/ })).toBeAttached();
}

/** Addresses of pictures of others that the page asked the store for, by how often. */
function askedFor(chat: Chat): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { method, url } of chat.asked) {
    if (method !== 'GET' || !url.includes('.JPG?')) continue;
    const { pathname } = new URL(url);
    counts.set(pathname, (counts.get(pathname) ?? 0) + 1);
  }
  return counts;
}

const theirs = (chat: Chat) =>
  chat.panel.getByRole('article', { name: /^(?!You)/ }).filter({ has: chat.page.locator('.tile') });

test('a photo comes once, and the store is not told where it is shown', { tag: '@engines' }, async ({ chat }) => {
  const headers: Promise<Record<string, string>>[] = [];
  chat.page.on('request', (request) => {
    if (request.method() === 'GET' && request.url().includes('.JPG?')) headers.push(request.allHeaders());
  });
  await exchangePhotos(chat);
  const picture = theirs(chat).getByRole('img', { name: /trial field/ });
  await expect(picture).toHaveJSProperty('naturalWidth', 2000);
  expect([...askedFor(chat).values()].every((times) => times === 1)).toBe(true);
  for (const each of await Promise.all(headers)) {
    expect(each.referer).toBeUndefined();
    expect(each.cookie).toBeUndefined();
    expect(each.origin).toBe(chat.sites.brand);
  }
  expect(await chat.page.evaluate('window.violations')).toEqual([]);
});

test('[D2] an address that has aged is asked for anew, once', { tag: '@engines' }, async ({ chat, sandbox }) => {
  refusePictures(sandbox, 1);
  await exchangePhotos(chat);
  await expect(theirs(chat).getByRole('img', { name: /trial field/ })).toHaveJSProperty('naturalWidth', 2000);
  await expect.poll(() => [...askedFor(chat).values()].sort()).toEqual([1, 2]);
});

test('a photo that does not come shows its preview, its name and a way out', async ({ chat, sandbox }) => {
  refusePictures(sandbox, 99);
  await exchangePhotos(chat);
  const row = theirs(chat);
  await expect(row.getByText(`${NAME} could not be loaded`)).toBeVisible();
  await expect(row.getByRole('img', { name: /trial field/ })).toHaveJSProperty('naturalWidth', 160);
  const before = askedFor(chat);
  expect([...before.values()].every((times) => times === 2)).toBe(true);
  await chat.panel.getByRole('log').evaluate((log) => log.scrollTo(0, 0));
  expect(askedFor(chat)).toEqual(before);
});

test('"Try again" brings it', async ({ chat, sandbox }) => {
  refusePictures(sandbox, 4);
  await exchangePhotos(chat);
  const row = theirs(chat);
  await row.getByRole('button', { name: 'Try again' }).click();
  await expect(row.getByRole('img', { name: /trial field/ })).toHaveJSProperty('naturalWidth', 2000);
});

test('[D3] a document is saved by its name and opens nowhere', async ({ chat }) => {
  await exchangePhotos(chat);
  const address = chat.page.url();
  const download = chat.page.waitForEvent('download');
  await chat.panel.getByRole('button', { name: 'Download Sowing guide.pdf' }).click();
  expect((await download).suggestedFilename()).toBe('Sowing guide.pdf');
  expect(chat.page.url()).toBe(address);
  expect(chat.page.context().pages()).toHaveLength(1);
});

/** Everything that the page has stored, and that `window.told` has heard, as text. */
function keptAndTold(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const stored: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const place of database.objectStoreNames)
        stored.push(await settled(database.transaction(place).objectStore(place).getAll()));
      database.close();
    }
    return JSON.stringify([stored, (window as unknown as { told: unknown[] }).told]);
  });
}

test('[D5] signed addresses reach no event, no log, no storage and no error', async ({ page, sites, sandbox }) => {
  const logged: string[] = [];
  // Without arguments it is the browser's own note on a request, which no script can read.
  page.on('console', (message) => message.args().length > 0 && logged.push(message.text()));
  page.on('pageerror', (error) => logged.push(`${error.message} ${error.stack}`));
  await page.addInitScript(() => {
    const told: unknown[] = [];
    Object.assign(window, { told, bootMore: { onDiagnostic: (event: unknown) => told.push(event) } });
    addEventListener('error', ({ message }) => told.push(message));
    addEventListener('unhandledrejection', ({ reason }) => told.push(String(reason)));
  });
  const chat = await chatOn(page, sites, sandbox.port, { persistence: 'local' });
  sandbox.store?.fail(({ method }) => method === 'PUT', { how: 'delay', ms: 1_000 });
  refusePictures(sandbox, 3);
  const put = page.waitForRequest((request) => request.method() === 'PUT');
  await sendPhoto(chat);
  await put;
  const early = await keptAndTold(page);
  await theirs(chat)
    .getByRole('button', { name: /Open photo/ })
    .click();
  await page.getByRole('dialog', { name: 'Photo' }).getByRole('button', { name: 'Close photo' }).click();
  const signatures = chat.asked.flatMap(({ url }) => new URL(url).searchParams.get('temp_url_sig') ?? []);
  expect(signatures.length).toBeGreaterThan(2);

  const told = [early, await keptAndTold(page)].join('\n');
  expect(told).toContain('attache:12345678');
  expect(told).toContain('"status":"online"');
  for (const trace of ['temp_url', ...signatures]) {
    expect(told).not.toContain(trace);
    expect(logged.join('\n')).not.toContain(trace);
  }
});
