import { expect, type Locator, type Page, type Request } from '@playwright/test';
import { listen } from '../../src/sandbox/listen.ts';
import { createObjectStore } from '../../src/sandbox/objectStore.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { file } from '../files.ts';
import { ACCOUNT, test as base, type Chat, chatOn } from '../world.ts';
import { type Relay, startRelay } from './relay.ts';

const KEY = 'fault-matrix-temp-url-key';

/** A text file of 300 kB: the object of every row. */
export const NOTES = 'notes.txt';
const textFile = (name: string) => file(name, 'text/plain', Buffer.from('All about the garden gate.\n'.repeat(11_111)));

/** How a file ends, as the panel shows it: with its message sent, failed, taken back, or not there any more. */
export type End = 'published' | 'failed' | 'cancelled' | 'gone';

/** What a row has shown. */
export interface Seen {
  /** Under the file while things go wrong, in the order looked. */
  readonly meanwhile: readonly string[];
  readonly inTheEnd: string;
  /** PUTs that the page has begun, of all files. */
  readonly puts: number;
  /** Files that stand in the conversation. */
  readonly published: number;
  readonly end: End;
}

/** One page with a chat, a brand service, a store and the relay before it. */
export interface Stage {
  readonly chat: Chat;
  readonly page: Page;
  readonly sandbox: Sandbox;
  readonly relay: Relay;
  readonly key: string;
  /** The file, for those who only drop it. */
  readonly notes: ReturnType<typeof textFile>;
  /** The row of the file in the transcript. */
  readonly row: Locator;
  /** Drops the file (and others before it) and sends. */
  send(before?: readonly string[]): Promise<void>;
  /** Waits for this text under the file and notes that it was shown. */
  shows(text: string | RegExp): Promise<void>;
  /** Time passes in the page at once: a watchdog or a wait is over. */
  passes(ms: number): Promise<void>;
  puts(): number;
  /** Everything asked for the sake of files: of the store by its method, of the service by its type. */
  asked(): readonly string[];
  ends(end: End): Promise<void>;
  seen(): Promise<Seen>;
}

/** Progress and time of day differ from run to run. */
function normal(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return plain.replace(/^\d+:\d\d(?: [AP]M)? ?·? ?/, '').replace(/\d+%/, '…%');
}

function publishedIn({ brand }: Sandbox): number {
  return JSON.stringify(brand.snapshot()).split('"contentType":"hosted/file"').length - 1;
}

function stageOn(chat: Chat, sandbox: Sandbox, relay: Relay, key: string): Stage {
  const { page, articles, panel } = chat;
  const row = articles.filter({ hasText: NOTES });
  const line = row.locator('.state p, p.state').first();
  const notes = textFile(NOTES);
  const meanwhile: string[] = [];
  let end: End = 'gone';
  const puts = () => chat.asked.filter(({ method }) => method === 'PUT').length;
  return {
    chat,
    page,
    sandbox,
    relay,
    key,
    notes,
    row,
    async send(before = []) {
      await chat.drop(...before.map(textFile), notes);
      await expect(panel.getByRole('button', { name: /^Remove / })).toHaveCount(before.length + 1);
      await chat.send.click();
    },
    async shows(text) {
      let shown = '';
      const look = async () => {
        shown = normal(await line.innerText());
        return shown;
      };
      const polled = expect.poll(look);
      await (typeof text === 'string' ? polled.toContain(text) : polled.toMatch(text));
      if (meanwhile.at(-1) !== shown) meanwhile.push(shown);
    },
    passes: (ms) => page.clock.fastForward(ms),
    puts,
    asked() {
      const store = chat.asked.filter(({ url, method }) => url.includes('temp_url_sig') && method !== 'OPTIONS');
      const service = sandbox.brand.requests.filter(
        ({ type, body }) =>
          type === 'ms.GenerateURLForUploadFile' || JSON.stringify(body ?? '').includes('"hosted/file"'),
      );
      return [...store.map(({ method }) => method), ...service.map(({ type }) => type)];
    },
    async ends(expected) {
      end = expected;
      if (end === 'published') return expect(row).toHaveAccessibleName(/, Sent$/);
      if (end === 'failed') return expect(row.locator('.state-failed')).toBeVisible();
      await expect(row).toHaveCount(0);
      if (end === 'gone') await expect(panel.getByText(NOTES)).toHaveCount(0);
    },
    async seen() {
      // Within a group of own messages a state that is well is in the label alone.
      const label = end === 'published' ? await row.getAttribute('aria-label') : null;
      const inTheEnd = label?.split(', ').at(-1) ?? (end === 'failed' ? normal(await line.innerText()) : '');
      return { meanwhile, inTheEnd, puts: puts(), published: publishedIn(sandbox), end };
    },
  };
}

/** What the page asked of the store and how it ended: a row that fails tells why. */
function storeLog(page: Page): () => string {
  const lines: string[] = [];
  const start = Date.now();
  const note = (request: Request, what: string) => {
    if (!request.url().includes('temp_url_sig')) return;
    lines.push(`${Date.now() - start} ms ${request.method()} …${new URL(request.url()).pathname.slice(-8)} ${what}`);
  };
  page.on('request', (request) => note(request, 'asked'));
  page.on('requestfailed', (request) => note(request, request.failure()?.errorText ?? 'failed'));
  page.on('response', (response) => note(response.request(), String(response.status())));
  return () => lines.join('\n');
}

/** The store of this project: the sandbox's own, or a real Swift that lasts as long as the worker. */
async function openStore(brand: string, swift: { url: string; key: string } | null) {
  if (swift) return { ...swift, close: async () => {} };
  const store = createObjectStore({ keys: [KEY], allowedOrigins: [brand], containers: [ACCOUNT] });
  const listening = await listen(store.handle, 0);
  return { url: `http://127.0.0.1:${listening.port}`, key: KEY, close: listening.close };
}

interface StageOptions {
  /** Another address of the store than the relay's; for what happens before any store is reached. */
  storeUrl: string | null;
  /** Seconds that an upload URL lives. */
  urlLife: number;
}

export const test = base.extend<{ stage: Stage } & StageOptions>({
  storeUrl: [null, { option: true }],
  urlLife: [60, { option: true }],
  stage: async ({ page, sites, storeUrl, urlLife }, use, info) => {
    const log = storeLog(page);
    const store = await openStore(sites.brand, sites.swift);
    const relay = await startRelay(store.url);
    const swift = { url: storeUrl ?? relay.url, key: store.key };
    const sandbox = await startSandbox({
      port: 0,
      storePort: 0,
      agent: false,
      swift,
      lifetimes: { signedPath: urlLife },
    });
    await page.clock.install();
    const chat = await chatOn(page, sites, sandbox.port);
    await chat.open();
    await use(stageOn(chat, sandbox, relay, store.key));
    if (info.status !== info.expectedStatus)
      await info.attach('what was asked of the store', { body: log(), contentType: 'text/plain' });
    await sandbox.close();
    await relay.close();
    await store.close();
  },
});

export { expect };
