import { createReadStream, existsSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, JSHandle, Page } from 'playwright';
import { listen } from '../../../src/sandbox/listen.ts';
import { CDN, ensureBuild } from '../build.ts';
import { launch } from '../place.ts';
import { type ImagesProbe, installImages } from './probe.ts';

/** A page on which one file at a time is picked and worked on. */
export interface Bench {
  readonly page: Page;
  readonly probe: JSHandle<ImagesProbe>;
  /** Picks a file from the disk, as a consumer does. */
  pick(path: string): Promise<void>;
  /** Rejects when anything has come up against the page's policy. */
  leave(): Promise<void>;
}

export interface Stage {
  readonly browser: Browser;
  /** A page of its own process. `strict`: no worker, no inline style, no HTML sink; `free`: anything, for libraries. */
  open(policy: 'strict' | 'free'): Promise<Bench>;
  /** Address of browser-image-compression, for its worker. */
  readonly compressionUrl: string;
  close(): Promise<void>;
}

const POLICY =
  "default-src 'none'; script-src 'self'; img-src blob: data:; style-src 'none'; worker-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const WORK = '/work.js';
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title>
<input type="file"><script type="module" src="${WORK}"></script>`;
const COMPRESSION = '/browser-image-compression.js';
const LIBRARY = join(
  createRequire(import.meta.url).resolve('browser-image-compression'),
  '../browser-image-compression.js',
);

/** Loads the built chunk that looks into files. */
function workScript(): string {
  const path = join(CDN, 'widget/.vite/manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Partial<Record<string, { file: string }>>;
  const chunk = manifest['src/widget/fileWork.ts'];
  if (chunk === undefined) throw new Error('the build has no chunk of src/widget/fileWork.ts');
  return `import { createFileWork } from '/widget/${chunk.file}'; window.fileWork = createFileWork();`;
}

const files: RequestListener = (request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://x');
  if (pathname === '/strict' || pathname === '/free') {
    const policy = pathname === '/strict' ? { 'Content-Security-Policy': POLICY } : {};
    return response.writeHead(200, { 'Content-Type': 'text/html', ...policy }).end(PAGE);
  }
  if (pathname === WORK) return response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(workScript());
  const file = pathname === COMPRESSION ? LIBRARY : join(CDN, pathname);
  if (!pathname.endsWith('.js') || !existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': 'text/javascript' });
  return createReadStream(file).pipe(response);
};

/** Starts a browser and a server for its pages. Rejects when there is no build to be had or no browser. */
export async function openStage(): Promise<Stage> {
  ensureBuild();
  const [browser, server] = await Promise.all([launch(), listen(files, 0)]);
  // A secure context: ImageDecoder is in no other.
  const origin = `http://localhost:${server.port}`;
  return {
    browser,
    compressionUrl: origin + COMPRESSION,
    async open(policy) {
      const page = await browser.newPage();
      await page.addInitScript(installImages);
      await page.goto(`${origin}/${policy}`);
      if (policy === 'free') await page.addScriptTag({ url: COMPRESSION });
      const probe = await page.evaluateHandle(() => (window as unknown as { imagesProbe: ImagesProbe }).imagesProbe);
      return {
        page,
        probe,
        pick: (path) => page.locator('input').setInputFiles(path),
        async leave() {
          const violations = await probe.evaluate((installed) => installed.violations());
          if (violations.length > 0) throw new Error(`the page's policy was violated: ${violations.join(', ')}`);
          await page.close();
        },
      };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
