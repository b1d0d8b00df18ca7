import { mkdirSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import type { Browser, ConsoleMessage } from 'playwright';
import { type Listening, listen } from '../../../src/sandbox/listen.ts';
import { MANIFEST } from '../../built.ts';
import { foldersOf, type Manifest } from '../manifest.ts';
import { PLACE } from '../snippet.ts';
import { type BrandPage, brandOf, tampered } from './brandPage.ts';
import type { Packed } from './builds.ts';
import { run } from './command.ts';
import { filesOf } from './files.ts';
import { codeIn, printedBy, withServices } from './recipe.ts';
import { messageField, PATIENCE, talk, type Visit, visit } from './visit.ts';

/** What is opened: the packed release, in a browser, against the sandbox on a port of this machine. */
export interface Opening {
  readonly browser: Browser;
  readonly packed: Packed;
  readonly version: string;
  readonly servicesPort: number;
  /** Folder for what is unpacked. */
  readonly work: string;
}

/** Starts servers on free ports for as long as `act` takes; `serve` gives the origin. */
async function serving(act: (serve: (listener: RequestListener) => Promise<string>) => Promise<void>): Promise<void> {
  const servers: Listening[] = [];
  try {
    await act(async (listener) => {
      const server = await listen(listener, 0);
      servers.push(server);
      return `http://localhost:${server.port}`;
    });
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
}

function snippetOf({ packed, version }: Opening): string {
  return readFileSync(join(packed.release, foldersOf(version).exact, 'pinned.html'), 'utf8');
}

/** Plain HTML pages with the loader of the package, the one that follows the releases, and the pinned one. */
export async function openHtmlPages(opening: Opening): Promise<void> {
  const { browser, packed, version, servicesPort, work } = opening;
  mkdirSync(work, { recursive: true });
  run('tar', ['-xzf', packed.tarball, '-C', work], { cwd: '.' });
  const { floating } = foldersOf(version);
  await serving(async (serve) => {
    const npm = await serve(filesOf(join(work, 'package/dist/cdn')));
    const cdn = await serve(filesOf(packed.release));
    const plain = (address: string): BrandPage => ({
      tags: `<script async src="${address}/loader.js"></script>`,
      pinned: false,
    });
    const recipe = (code: string): BrandPage => ({
      tags: withServices(code, `domainApi: 'http://localhost:${servicesPort}',`).replaceAll(PLACE, cdn),
      pinned: false,
      boots: true,
    });
    const pages: Record<string, BrandPage> = {
      '/recipe': recipe(codeIn('html', 'Plain HTML')),
      '/wordpress': recipe(printedBy(codeIn('php', 'WordPress and Shopify'))),
      '/package': plain(npm),
      ...(floating === null ? {} : { '/floating': plain(`${cdn}/${floating}`) }),
      '/pinned': { tags: snippetOf(opening).replaceAll(PLACE, cdn), pinned: true },
    };
    const origin = await serve(brandOf(pages, servicesPort));
    for (const path of Object.keys(pages)) await talk(browser, origin + path);
  });
}

/** Opens a pinned page on which `file` is a stranger's. Rejects when the stranger has run. */
async function withStranger(opening: Opening, file: string, act: (visit: Visit) => Promise<void>): Promise<void> {
  const { browser, packed, version, servicesPort } = opening;
  await serving(async (serve) => {
    const cdn = await serve(tampered(packed.release, `/${foldersOf(version).exact}/${file}`));
    const tags = snippetOf(opening).replaceAll(PLACE, cdn);
    const visited = await visit(browser, await serve(brandOf({ '/': { tags, pinned: true } }, servicesPort)));
    try {
      await act(visited);
      if (await visited.page.evaluate(() => 'stranger' in window)) throw new Error(`a changed ${file} has run`);
    } finally {
      await visited.close();
    }
  });
}

/** Waits for a line in the console that says so; the browser says it of a file whose digest is another one. */
async function refused({ page, complaints }: Visit): Promise<void> {
  for (let waited = 0; !complaints.some((said) => /integrity/i.test(said)); waited += 100) {
    if (waited > PATIENCE) throw new Error(`the browser has refused nothing:\n${complaints.join('\n')}`);
    await page.waitForTimeout(100);
  }
}

/** A pinned page runs no widget and no chunk that was changed, however often the consumer tries. */
export async function refuseStrangers(opening: Opening): Promise<void> {
  const { packed, version } = opening;
  const manifest = readFileSync(join(packed.release, foldersOf(version).exact, MANIFEST), 'utf8');
  const { files } = JSON.parse(manifest) as Manifest;
  const launcher = ({ page }: Visit) => page.getByRole('button', { name: /^Open chat/ });

  await withStranger(opening, 'widget/widget.js', async (visited) => {
    // The browser need not fetch what it has refused before; the loader warns each time.
    const warned = (message: ConsoleMessage) => message.type() === 'warning' && message.text().startsWith('Attaché:');
    for (let press = 0; press < 2; press += 1) {
      await Promise.all([visited.page.waitForEvent('console', warned), launcher(visited).click()]);
    }
    await refused(visited);
  });

  const views = files.find(({ role, name }) => role === 'lazy' && name === 'views');
  if (!views) throw new Error('the release has no chunk "views"');
  await withStranger(opening, views.path, async (visited) => {
    await launcher(visited).click();
    await messageField(visited.page).fill('Who are you?');
    await messageField(visited.page).press('Enter');
    const again = visited.page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    await refused(visited);
    // Nor at the next try, which is the same import: an import map names no other address.
    await again.click();
    await again.waitFor();
    await refused(visited);
  });
}
