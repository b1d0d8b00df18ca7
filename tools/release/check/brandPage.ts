import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { directivesOf } from '../policy.ts';
import { filesOf } from './files.ts';

const NONCE = 'release';
const ANY = { connect: ['http:', 'ws:'], images: ['http:'] };

/** A plain page of a brand: what brings the loader, and whether every script on it must name its digest. */
export interface BrandPage {
  readonly tags: string;
  readonly pinned: boolean;
  /** The tags boot the chat by themselves, as a whole recipe does. */
  readonly boots?: boolean;
}

function html({ tags, boots = false }: BrandPage, servicesPort: number): string {
  const boot = JSON.stringify({ account: '12345678', domainApi: `http://localhost:${servicesPort}` });
  const bootTag = `<script>
  if (typeof window.attache !== 'function') window.attache = function () { (attache.q = attache.q || []).push(arguments); };
  attache('boot', ${boot});
</script>`;
  const text = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>A brand</title>
<link rel="icon" href="data:,">
<h1>A brand</h1>
${boots ? '' : bootTag}
${tags}
</html>`;
  return text.replaceAll('<script', `<script nonce="${NONCE}"`);
}

/** Answers each path with its page, under the policy of docs/security.md. */
export function brandOf(pages: Readonly<Record<string, BrandPage>>, servicesPort: number): RequestListener {
  return (request, response) => {
    const page = pages[new URL(request.url ?? '/', 'http://x').pathname];
    if (page === undefined) return response.writeHead(404).end();
    return response
      .writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': directivesOf(NONCE, ANY).join('; '),
        ...(page.pinned ? { 'Integrity-Policy': 'blocked-destinations=(script)' } : {}),
      })
      .end(html(page, servicesPort));
  };
}

/** Serves a release of which one file has become a stranger's: it leaves `window.stranger`, and works otherwise. */
export function tampered(release: string, victim: string): RequestListener {
  const honest = filesOf(release);
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    if (pathname !== victim) return honest(request, response);
    response.writeHead(200, { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' });
    return response.end(`window.stranger=1;${readFileSync(join(release, victim), 'utf8')}`);
  };
}
