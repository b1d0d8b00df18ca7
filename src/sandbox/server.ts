import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type AccountOptions, DEMO_ACCOUNT } from './accounts.ts';
import { attach } from './attach.ts';
import { type Brand, createBrand } from './brand.ts';
import { keep, readKept } from './keep.ts';
import { type Certificate, listen } from './listen.ts';
import { createObjectStore, type ObjectStoreServer } from './objectStore.ts';
import { startScriptedAgent } from './scriptedAgent.ts';
import { type Digest, sign } from './sign.ts';
import { uploader } from './upload.ts';
import type { Variants } from './variants.ts';
import type { Lifetimes } from './world.ts';

/** An OpenStack Swift in the place of the sandbox's own store. */
export interface ExternalSwift {
  /** Origin, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Temp URL key of the account `AUTH_async-images`. */
  readonly key: string;
  readonly digest?: Digest;
}

export interface SandboxOptions {
  /** Port of the services; 0 takes a free one. */
  readonly port: number;
  /** Port of the object store; 0 takes a free one. Not used with an external Swift. */
  readonly storePort: number;
  readonly swift?: ExternalSwift;
  /** Folder that keeps accounts, conversations and files; without it they are forgotten. */
  readonly data?: string;
  /** Exact origins whose pages may read the store's answers; all by default. */
  readonly storeOrigins?: readonly string[];
  readonly accounts?: readonly AccountOptions[];
  readonly variants?: Partial<Variants>;
  readonly lifetimes?: Partial<Lifetimes>;
  /** False leaves out the scripted agent; `pace` is the factor of its pauses. */
  readonly agent?: boolean | { readonly pace: number };
  /** `node-agent-sdk` insists on https and wss. */
  readonly tls?: Certificate;
}

export interface Sandbox {
  readonly port: number;
  /** Null with an external Swift. */
  readonly storePort: number | null;
  readonly brand: Brand;
  /** Null with an external Swift. */
  readonly store: ObjectStoreServer | null;
  close(): Promise<void>;
}

/** The object store and the brand service that signs for it, not yet on any port of services. */
export interface Parts {
  readonly brand: Brand;
  readonly store: ObjectStoreServer | null;
  readonly storePort: number | null;
  swiftHost(servicesHost: string): string;
  close(): Promise<void>;
}

function hostOf(url: string): string {
  try {
    const parsed = new URL(url);
    if (parsed.protocol === 'http:' || parsed.protocol === 'https:') return parsed.host;
  } catch {
    // Falls through to the one message that says what is wanted.
  }
  throw new Error(`The Swift address must be like http://127.0.0.1:8080, not ${url}`);
}

function startAgents(brand: Brand, options: Omit<SandboxOptions, 'port'>, swift: string): { close(): void }[] {
  const { agent = true, accounts = [{ id: DEMO_ACCOUNT }] } = options;
  if (agent === false) return [];
  const upload = uploader(options.tls?.cert);
  const report = (error: unknown) => console.error('scripted agent:', error);
  const pace = agent === true ? 1 : agent.pace;
  return accounts.map(({ id }) => startScriptedAgent({ brand, account: id, swift, upload, pace, report }));
}

/** Starts the object store (unless an external Swift is given) and creates the brand service. */
export async function assemble(options: Omit<SandboxOptions, 'port'>): Promise<Parts> {
  const { swift, data, tls } = options;
  const external = swift ? hostOf(swift.url) : null;
  const key = swift?.key ?? randomBytes(20).toString('hex');
  const kept = data === undefined ? undefined : readKept(data);
  const brand = createBrand({
    signPath: (method, expires, path) => sign(key, method, expires, path, swift?.digest ?? 'sha1'),
    ...(kept ? { kept } : {}),
    ...(options.accounts ? { accounts: options.accounts } : {}),
    ...(options.variants ? { variants: options.variants } : {}),
    ...(options.lifetimes ? { lifetimes: options.lifetimes } : {}),
  });
  const store = external
    ? null
    : createObjectStore({
        keys: [key],
        allowedOrigins: options.storeOrigins ?? 'any',
        ...(data === undefined ? {} : { data: join(data, 'objects') }),
      });
  const listening = store && (await listen(store.handle, options.storePort, tls));
  const swiftOrigin = swift?.url ?? `${tls ? 'https' : 'http'}://localhost:${listening?.port}`;
  const agents = startAgents(brand, options, swiftOrigin);
  const stopKeeping = data === undefined ? async () => {} : keep(brand, data);
  return {
    brand,
    store,
    storePort: listening?.port ?? null,
    swiftHost: (servicesHost) => external ?? `${servicesHost.replace(/:\d+$/, '')}:${listening?.port}`,
    async close() {
      for (const agent of agents) agent.close();
      brand.close();
      await listening?.close();
      await stopKeeping();
    },
  };
}

/** The whole sandbox on two ports of its own. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const parts = await assemble(options);
  const { brand, swiftHost } = parts;
  const services = attach({ brand, swiftHost });
  try {
    const listening = await listen(
      (request, response) => {
        if (services.handle(request, response)) return;
        response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"Not found"}');
      },
      options.port,
      options.tls,
    );
    listening.server.on('upgrade', (request, socket, head) => {
      if (!services.upgrade(request, socket, head)) socket.destroy();
    });
    return {
      port: listening.port,
      storePort: parts.storePort,
      brand,
      store: parts.store,
      async close() {
        services.close();
        await listening.close();
        await parts.close();
      },
    };
  } catch (error) {
    await parts.close();
    throw error;
  }
}
