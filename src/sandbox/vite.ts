import type { Server } from 'node:http';
import type { Connect, HttpServer, Plugin } from 'vite';
import type { AccountOptions } from './accounts.ts';
import { attach } from './attach.ts';
import { assemble, type ExternalSwift } from './server.ts';

export interface SandboxPluginOptions {
  /** Port of the object store beside the dev server and beside the preview server. */
  readonly storePort: { readonly dev: number; readonly preview: number };
  readonly swift?: ExternalSwift;
  /** False leaves out the scripted agent. */
  readonly agent?: boolean;
  readonly accounts?: readonly AccountOptions[];
}

interface Host {
  readonly middlewares: Connect.Server;
  readonly httpServer: HttpServer | null;
}

/**
 * How to end the sandbox on each store port. A dev server that restarts builds its successor, from a newly loaded config
 * and so with this module anew, before it closes: the port must be given back first.
 */
const RUNNING = Symbol.for('attache.sandbox');

function running(): Map<number, () => Promise<void>> {
  const page = globalThis as { [RUNNING]?: Map<number, () => Promise<void>> };
  page[RUNNING] ??= new Map();
  return page[RUNNING];
}

async function serve(host: Host, storePort: number, options: SandboxPluginOptions): Promise<void> {
  const { swift, agent, accounts } = options;
  await running().get(storePort)?.();
  const parts = await assemble({
    storePort,
    ...(swift ? { swift } : {}),
    ...(agent === undefined ? {} : { agent }),
    ...(accounts ? { accounts } : {}),
  });
  const services = attach(parts);
  host.middlewares.use((request, response, next) => {
    if (!services.handle(request, response)) next();
  });
  // Vite's own socket shares the server and looks at the addresses that are not ours.
  const server = host.httpServer as Server | null;
  server?.on('upgrade', (request, socket, head) => services.upgrade(request, socket, head));
  let ended: Promise<void> | null = null;
  const end = () => {
    if (running().get(storePort) === end) running().delete(storePort);
    services.close();
    ended ??= parts.close();
    return ended;
  };
  running().set(storePort, end);
  server?.once('close', () => void end());
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
