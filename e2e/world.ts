import { createReadStream, existsSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { extname, join } from 'node:path';
import { test as base, type Locator, type Page } from '@playwright/test';
import { listen } from '../src/sandbox/listen.ts';
import { type Sandbox, startSandbox } from '../src/sandbox/server.ts';
import { hostPage } from './hosts/plain.ts';
import { type Swift, startSwift } from './swift/swift.ts';

export const ACCOUNT = '12345678';
const KEY = 'e2e-temp-url-key';

export interface Options {
  /** Which object store stands behind the sandbox. */
  objectStore: 'sandbox' | 'swift' | 'swift-sha256';
}

/** Addresses that last as long as a worker. */
export interface Sites {
  /** Origin of the brand's page; foreign to everything else. */
  readonly brand: string;
  /** Origin of the built loader and widget. */
  readonly cdn: string;
  /** Null with the sandbox's own store. */
  readonly swift: Swift | null;
}

interface Fixtures {
  /** The services of this test alone. */
  readonly sandbox: Sandbox;
  /** The brand's page, opened, with the widget booted against the sandbox. */
  readonly chat: Chat;
}

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.html': 'text/html; charset=utf-8' };

/** The built files as a content network serves them. */
const cdnFiles: RequestListener = (request, response) => {
  const file = join('dist/cdn', new URL(request.url ?? '/', 'http://x').pathname.replace(/^\/cdn\//, '/'));
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/json',
    'Access-Control-Allow-Origin': '*',
  });
  return createReadStream(file).pipe(response);
};

export interface ChatOptions {
  readonly [name: string]: unknown;
}

/** The widget as a consumer meets it. */
export interface Chat {
  readonly sites: Sites;
  readonly page: Page;
  readonly panel: Locator;
  readonly launcher: Locator;
  readonly message: Locator;
  readonly send: Locator;
  readonly articles: Locator;
  /** Everything the page asked of the network so far. */
  readonly asked: readonly { readonly method: string; readonly url: string }[];
  /** Uncaught errors and console errors of the page. */
  readonly errors: readonly string[];
  open(): Promise<void>;
  say(text: string): Promise<void>;
  pick(files: Parameters<Locator['setInputFiles']>[0]): Promise<void>;
  drop(...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void>;
}

export async function chatOn(page: Page, sites: Sites, servicesPort: number, options: ChatOptions = {}): Promise<Chat> {
  const asked: { method: string; url: string }[] = [];
  const errors: string[] = [];
  page.on('request', (request) => asked.push({ method: request.method(), url: request.url() }));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const boot = {
    account: ACCOUNT,
    domainApi: `http://localhost:${servicesPort}`,
    brandName: 'Meadow Support',
    ...options,
  };
  const query = new URLSearchParams({ cdn: sites.cdn, boot: JSON.stringify(boot) });
  await page.goto(`${sites.brand}/?${query}`);
  const panel = page.getByRole('dialog', { name: 'Chat' });
  const launcher = page.getByRole('button', { name: /^Open chat/ });
  const message = panel.getByRole('textbox', { name: 'Message', exact: true });
  const send = panel.getByRole('button', { name: 'Send', exact: true });
  return {
    sites,
    page,
    panel,
    launcher,
    message,
    send,
    articles: panel.getByRole('article'),
    asked,
    errors,
    async open() {
      await launcher.click();
      await message.waitFor();
    },
    async say(text) {
      // Typed, not filled: keys are what a consumer has, and a driven Firefox fills no field that React controls.
      await message.focus();
      await message.pressSequentially(text);
      await message.press('Enter');
    },
    pick: (files) => panel.locator('input[type=file]').first().setInputFiles(files),
    drop: (...files) => panel.drop({ files }),
  };
}

/** As a brand's own page and everything around it: nothing here shares an origin with anything else. */
export const test = base.extend<Fixtures, Options & { sites: Sites }>({
  objectStore: ['sandbox', { option: true, scope: 'worker' }],
  sites: [
    async ({ objectStore }, use) => {
      const brand = await listen(hostPage, 0);
      const cdn = await listen(cdnFiles, 0);
      const origin = `http://127.0.0.1:${brand.port}`;
      const swift =
        objectStore !== 'sandbox' ? await startSwift({ origins: [origin], key: KEY, containers: [ACCOUNT] }) : null;
      await use({ brand: origin, cdn: `http://localhost:${cdn.port}/cdn`, swift });
      await Promise.all([brand.close(), cdn.close(), swift?.stop()]);
    },
    { scope: 'worker' },
  ],
  sandbox: async ({ sites, objectStore }, use) => {
    const digest = objectStore === 'swift-sha256' ? 'sha256' : 'sha1';
    const swift = sites.swift ? { swift: { url: sites.swift.url, key: sites.swift.key, digest } as const } : {};
    const sandbox = await startSandbox({ port: 0, storePort: 0, storeOrigins: [sites.brand], agent: false, ...swift });
    await use(sandbox);
    await sandbox.close();
  },
  chat: async ({ page, sites, sandbox }, use) => {
    await use(await chatOn(page, sites, sandbox.port));
  },
});

export { expect } from '@playwright/test';
