import type { RequestListener } from 'node:http';
import { type Host, htmlOf } from './host.ts';
import { NAVIGATION } from './navigation.ts';
import { OVERLAYS } from './overlays.ts';
import { SCRIPTS } from './scripts.ts';
import { CLEAN, STYLES } from './styles.ts';

export const HOSTS: readonly Host[] = [...STYLES, ...SCRIPTS, ...OVERLAYS, ...NAVIGATION];

const FRAME =
  '<!doctype html><title>A page around a page</title><link rel="icon" href="data:,"><style>body{margin:0}iframe{position:fixed;inset:0;border:0;inline-size:100%;block-size:100%}</style>';

/**
 * Every host under its name, with `?loader=` and `?boot=` (JSON) for the snippet; `/framed/name` is a page with nothing but
 * the host in a sandboxed iframe.
 */
export const hostPages: RequestListener = (request, response) => {
  const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://x');
  const [framed, name] = pathname.startsWith('/framed/') ? [true, pathname.slice(8)] : [false, pathname.slice(1)];
  const host = [...HOSTS, ...CLEAN].find((one) => one.name === name);
  if (!host) return response.writeHead(404).end();
  const policy = host.policy === undefined ? {} : { 'Content-Security-Policy': host.policy };
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...policy });
  if (framed) {
    const address = `/${name}${search}`.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    return response.end(`${FRAME}<iframe name="host" sandbox="allow-scripts" src="${address}"></iframe>`);
  }
  const boot = JSON.parse(searchParams.get('boot') ?? '{}') as object;
  return response.end(htmlOf(host, { loader: searchParams.get('loader') ?? '', boot }));
};
