import { createReadStream, existsSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import type { Connect, Plugin } from 'vite';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.map': 'application/json',
  '.json': 'application/json',
};

/** `/agent/` and `/theme/` are addresses of their own, while their pages live with the rest of the demo. */
function pages(request: IncomingMessage, _: ServerResponse, next: Connect.NextFunction): void {
  const page = /^\/(agent|theme)\/?(?:\?|$)/.exec(request.url ?? '')?.[1];
  if (page) request.url = `/src/demo/${page}/index.html`;
  next();
}

/** Serves the built loader and widget under `/cdn/` to pages of any origin, as a content network would. */
function cdn(folder: string) {
  return (request: IncomingMessage, response: ServerResponse, next: Connect.NextFunction): void => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (!path.startsWith('/cdn/')) return next();
    const file = join(folder, normalize(path.slice('/cdn/'.length)));
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) return next();
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Cache-Control', path.includes('/chunks/') ? 'max-age=31536000, immutable' : 'max-age=300');
    createReadStream(file).pipe(response);
  };
}

/** The demo's addresses: the agent's and the theme page, the loader from source in dev, the built files in preview. */
export function addresses(): Plugin {
  return {
    name: 'attache:addresses',
    configureServer(server) {
      server.middlewares.use(pages);
    },
    configurePreviewServer(server) {
      server.middlewares.use(cdn(join(server.config.root, 'dist/cdn')));
      server.middlewares.use(pages);
    },
    transformIndexHtml: {
      order: 'pre',
      handler: (html, { server }) =>
        server
          ? html.replace('<script async src="/cdn/loader.js"', '<script type="module" src="/src/loader/loader.ts"')
          : html,
    },
  };
}
