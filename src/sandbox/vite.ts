import type { Server } from 'node:http';
import type { Connect, HttpServer, Plugin } from 'vite';
import { attach } from './attach.ts';
import { assemble, type ExternalSwift, type Parts } from './server.ts';

export interface SandboxPluginOptions {
  /** Port of the object store beside the dev server and beside the preview server. */
  readonly storePort: { readonly dev: number; readonly preview: number };
  readonly swift?: ExternalSwift;
  /** False leaves out the scripted agent. */
  readonly agent?: boolean;
}

interface Host {
  readonly middlewares: Connect.Server;
  readonly httpServer: HttpServer | null;
}

/** A dev server that restarts closes the old store while the new one already starts. */
const STARTS = 15;
const BETWEEN_STARTS = 200;

async function assembleOnceFree(options: Parameters<typeof assemble>[0]): Promise<Parts> {
  for (let left = STARTS; ; left--) {
    try {
      return await assemble(options);
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_STARTS));
    }
  }
}

async function serve(host: Host, storePort: number, options: SandboxPluginOptions): Promise<void> {
  const { swift, agent } = options;
  const parts = await assembleOnceFree({
    storePort,
    ...(swift ? { swift } : {}),
    ...(agent === undefined ? {} : { agent }),
  });
  const services = attach(parts);
  host.middlewares.use((request, response, next) => {
    if (!services.handle(request, response)) next();
  });
  // Vite's own socket shares the server and looks at the addresses that are not ours.
  const server = host.httpServer as Server | null;
  server?.on('upgrade', (request, socket, head) => services.upgrade(request, socket, head));
  server?.once('close', () => {
    services.close();
    void parts.close();
  });
}

/**
 * The sandbox on Vite's dev and preview servers: `/api/account/…` and `/ws_api/…` beside the pages, so that page and
 * services share an origin, and the object store on a port of its own, so that its CORS is real.
 */
export function sandbox(options: SandboxPluginOptions): Plugin {
  return {
    name: 'attache-sandbox',
    configureServer: (server) => serve(server, options.storePort.dev, options),
    configurePreviewServer: (server) => serve(server, options.storePort.preview, options),
  };
}
