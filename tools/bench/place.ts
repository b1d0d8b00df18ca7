import { createReadStream, existsSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { type RawData, WebSocketServer } from 'ws';
import { hostPage } from '../../e2e/hosts/plain.ts';
import { type Listening, listen } from '../../src/sandbox/listen.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { CHROMIUM_ARGS, chromiumPath } from '../chromium.ts';
import { CDN, ensureBuild } from './build.ts';

export const ACCOUNT = '12345678';
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css' };

/** Everything a bench runs on, on free ports: the built files, the services, a bare echo, a browser. */
export interface Place {
  readonly sandbox: Sandbox;
  /** Port of a WebSocket server of the same process that sends back what it gets. */
  readonly echoPort: number;
  /**
   * A new browser profile on the brand's page, the widget booted against the services on `port`. `prepare` acts on the
   * page before anything is loaded.
   */
  visit(port: number, prepare: (page: Page) => Promise<void>): Promise<Page>;
  /** A new browser profile on an empty page. */
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

/** The built files as a content network serves them. */
const cdnFiles: RequestListener = (request, response) => {
  const file = join(CDN, normalize(new URL(request.url ?? '/', 'http://x').pathname));
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/json',
    'Access-Control-Allow-Origin': '*',
  });
  return createReadStream(file).pipe(response);
};

async function startEcho(): Promise<Listening> {
  const listening = await listen((_, response) => response.writeHead(404).end(), 0);
  const sockets = new WebSocketServer({ server: listening.server });
  sockets.on('connection', (socket) => {
    socket.on('message', (data: RawData, isBinary) => socket.send(data, { binary: isBinary }));
  });
  return listening;
}

/** A browser to measure in. */
export async function launch(): Promise<Browser> {
  const executablePath = chromiumPath();
  return await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath ? { executablePath } : {}) });
}

/** Starts all of it. Rejects when there is no build to be had or no browser. */
export async function openPlace(): Promise<Place> {
  ensureBuild();
  const browser = await launch();
  const [brand, cdn, echo] = await Promise.all([listen(hostPage, 0), listen(cdnFiles, 0), startEcho()]);
  const sandbox = await startSandbox({ port: 0, storePort: 0, agent: false });
  async function newPage(): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/London' });
    return await context.newPage();
  }
  return {
    sandbox,
    echoPort: echo.port,
    newPage,
    async visit(port, prepare) {
      const page = await newPage();
      await prepare(page);
      const boot = JSON.stringify({ account: ACCOUNT, domainApi: `http://localhost:${port}` });
      const query = new URLSearchParams({ cdn: `http://localhost:${cdn.port}`, boot });
      await page.goto(`http://127.0.0.1:${brand.port}/?${query}`);
      return page;
    },
    async close() {
      await browser.close();
      await Promise.all([sandbox.close(), brand.close(), cdn.close(), echo.close()]);
    },
  };
}
