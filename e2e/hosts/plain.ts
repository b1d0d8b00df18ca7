import type { RequestListener } from 'node:http';

/** Only what the widget needs may be reached from this page, and no inline style, worker or HTML sink is allowed. */
export const POLICY: string = [
  "default-src 'none'",
  "base-uri 'none'",
  "script-src 'nonce-e2e' 'strict-dynamic'",
  "style-src 'none'",
  'img-src blob: data: http:',
  'connect-src http: ws:',
  "worker-src 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** A page of the same brand without a chat: somewhere to go and come back from. */
const OTHER =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Another page</title><h1>Another page</h1></html>';

/**
 * A brand's page with the embedding snippet, under a strict policy. `?cdn=` names the loader, `?boot=` the options;
 * what JSON cannot say, such as a function, an earlier script leaves in `window.bootMore`. `&twice` has the loader there twice.
 */
export const hostPage: RequestListener = (request, response) => {
  const { searchParams, pathname } = new URL(request.url ?? '/', 'http://x');
  if (pathname !== '/' && pathname !== '/other') return response.writeHead(404).end();
  if (pathname === '/other') {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    return response.end(OTHER);
  }
  const cdn = encodeURI(searchParams.get('cdn') ?? '');
  // "<" must not end the script early, whatever a test puts into the options.
  const boot = (searchParams.get('boot') ?? '{}').replaceAll('<', '\\u003c');
  const loader = `<script nonce="e2e" async src="${cdn}/loader.js"></script>`;
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': POLICY });
  return response.end(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A brand</title>
<link rel="icon" href="data:,">
<h1>A brand</h1>
<p><a href="#elsewhere">Elsewhere</a></p>
<script nonce="e2e">
  window.violations = [];
  document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
  if (typeof window.attache !== 'function') window.attache = function () { (attache.q = attache.q || []).push(arguments); };
  attache('boot', Object.assign(${boot}, window.bootMore));
</script>
${searchParams.has('twice') ? loader + loader : loader}
</html>`);
};
