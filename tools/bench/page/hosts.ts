import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { type Listening, listen } from '../../../src/sandbox/listen.ts';
import { CDN } from '../build.ts';
import { ACCOUNT } from '../place.ts';
import { type Asset, answerer } from './assets.ts';
import { buildHello } from './floor/build.ts';
import { picture } from './picture.ts';

/** What stands on a page beside what the brand has put there. */
export type Guest = 'none' | 'plain' | 'hello' | 'widget';
/** A page with a heading, or a shop's. */
export type Kind = 'bare' | 'shop';

/** Pages to measure on. The guests come from another origin than the page, compressed, as a content network serves them. */
export interface Hosts {
  address(kind: Kind, guest: Guest): string;
  /** The guest's file at this address; null where there is none, or the address is another one's. */
  asset(address: string): Promise<Asset | null>;
  close(): Promise<void>;
}

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.json': 'application/json' };
const PRODUCTS = 24;

/**
 * A shop's own work on arrival: it listens, and reckons a while as frameworks do. The small pictures come once the page has
 * loaded: which of them would share the line with the large one is chance, and counts more than what is measured.
 */
const SHOP_SCRIPT = `
for (const button of document.querySelectorAll('article button')) button.addEventListener('click', () => {});
let sum = 0;
for (let index = 0; index < 3e6; index += 1) sum += Math.sqrt(index);
document.documentElement.dataset.sum = String(sum);
addEventListener('load', () => {
  for (const image of document.querySelectorAll('img[data-src]')) image.src = image.dataset.src;
});
`;

const SHOP_STYLE = `
body { margin: 0; font: 16px/1.5 Georgia, serif }
header, main { max-width: 1080px; margin: auto; padding: 16px }
.hero { display: block; width: 100%; height: 420px; object-fit: cover }
#products { display: grid; grid-template-columns: repeat(4, 1fr); gap: 24px; min-height: 2400px }
`;

function product(index: number, pictures: string): string {
  return `<article><img width="240" height="180" alt="" data-src="${pictures}/small.png?${index}">
<h3>Boot no. ${index}</h3><p>Waterproof, warm and made to be mended.</p><button>Add to basket</button></article>`;
}

function shop(pictures: string): string {
  const products = Array.from({ length: PRODUCTS }, (_, index) => product(index, pictures));
  return `<style>${SHOP_STYLE}</style>
<header><strong>Meadow</strong> <nav><a href="#new">New</a> <a href="#men">Men</a> <a href="#women">Women</a></nav></header>
<img class="hero" fetchpriority="high" width="1280" height="420" alt="" src="${pictures}/hero.png">
<main><h1>Boots for all weathers</h1><section id="products">${products.join('')}</section></main>
<script>${SHOP_SCRIPT}</script>`;
}

function guestTags(guest: Guest, assets: string, services: number): string {
  switch (guest) {
    case 'none':
      return '';
    case 'plain':
      return `<script async src="${assets}/plain.js"></script>`;
    case 'hello':
      return `<script type="module" async src="${assets}/hello.js"></script>`;
    case 'widget':
      return `<script>
window.attache = window.attache || function () { (attache.q = attache.q || []).push(arguments); };
attache('boot', { account: '${ACCOUNT}', domainApi: 'http://localhost:${services}' });
</script>
<script async src="${assets}/cdn/loader.js"></script>`;
  }
}

async function findAssets(): Promise<(path: string) => Promise<Asset | null>> {
  const own = new Map<string, Asset>([
    ['/hello.js', { type: 'text/javascript', body: await buildHello() }],
    ['/plain.js', { type: 'text/javascript', body: await readFile('tools/bench/page/floor/plain.js') }],
    ['/hero.png', { type: 'image/png', body: picture(1280, 420) }],
    ['/small.png', { type: 'image/png', body: picture(80, 60) }],
  ]);
  return async (path) => {
    const known = own.get(path);
    if (known || !path.startsWith('/cdn/')) return known ?? null;
    const file = join(CDN, normalize(path.slice('/cdn'.length)));
    const body = await readFile(file).catch(() => null);
    return body && { type: TYPES[extname(file)] ?? 'application/octet-stream', body };
  };
}

/** `services` is the port at which the widget finds LivePerson's services. */
export async function startHosts(services: number): Promise<Hosts> {
  const find = await findAssets();
  const served: Listening = await listen(answerer(find), 0);
  const assets = `http://localhost:${served.port}`;
  const servePage: RequestListener = (request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://x');
    const body = searchParams.get('kind') === 'shop' ? shop(assets) : '<h1>A brand</h1>';
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A brand</title>
<link rel="icon" href="data:,">
<body>${body}
${guestTags(searchParams.get('guest') as Guest, assets, services)}
</html>`);
  };
  const pages = await listen(servePage, 0);
  return {
    address: (kind, guest) => `http://127.0.0.1:${pages.port}/?${new URLSearchParams({ kind, guest })}`,
    asset: async (address) => (address.startsWith(assets) ? find(new URL(address).pathname) : null),
    async close() {
      await Promise.all([served.close(), pages.close()]);
    },
  };
}
