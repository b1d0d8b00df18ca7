import type { Ports } from '../flows/ports.ts';
import { clientProperties } from '../net/clientProperties.ts';
import { browserClock } from '../net/clock.ts';
import { browserFiles } from '../net/files.ts';
import { fetchHttp } from '../net/http.ts';
import type { IdentityFlow } from '../net/identity.ts';
import { browserLocks } from '../net/locks.ts';
import { createMemory } from '../net/memory.ts';
import { createObjectStore } from '../net/objectStore.ts';
import { browserPage } from '../net/page.ts';
import { createService } from '../net/service.ts';
import { browserSurroundings } from '../net/surroundings.ts';
import { openWebSocket } from '../net/webSocket.ts';
import { importAgain } from '../ui/importAgain.ts';
import { type ChatOptions, DOMAIN_API } from './options.ts';

/** The real world behind every port. */
export function browserPorts(options: ChatOptions): Ports {
  const clock = browserClock();
  const http = fetchHttp();
  const surroundings = browserSurroundings();
  const persistence = options.persistence ?? 'session';
  const loadShelf = importAgain(() => import('../net/shelf.ts'));
  const memory = createMemory(options.account, persistence, {
    session: () => sessionStorage,
    local: () => localStorage,
    shelf: async (name) => (await loadShelf()).databaseShelf(name),
    prepare: () => void loadShelf().catch(() => {}),
  });
  const service = createService({
    account: options.account,
    domainApi: new URL(options.domainApi ?? DOMAIN_API).origin,
    identity: identityFlow(options),
    clientProperties: clientProperties(
      navigator.userAgent,
      Intl.DateTimeFormat().resolvedOptions().timeZone,
      __VERSION__,
    ),
    clock,
    http,
    openSocket: openWebSocket,
    surroundings,
    memory,
  });
  const swift = () => {
    const host = service.domains()?.swift;
    return host ? `${service.scheme}://${host}` : null;
  };
  const loadDownloads = importAgain(() => import('../flows/downloads.ts'));
  const loadArchive = importAgain(() => import('../flows/archive.ts'));
  const objects = createObjectStore(swift, clock);
  const files = browserFiles();
  return {
    account: options.account,
    clock,
    service,
    objects,
    files,
    http,
    surroundings,
    persistence,
    memory,
    locks: browserLocks(),
    page: browserPage(),
    sound: options.sound ?? false,
    loadArchive: async () => (await loadArchive()).createArchive(options.account, service),
    loadDownloads: async (store) => (await loadDownloads()).startDownloads({ service, objects, clock, files }, store),
    version: __VERSION__,
    onDiagnostic: guarded(options.onDiagnostic),
    media: lazyMedia(),
    locale: options.locale ?? (document.documentElement.lang || navigator.language),
  };
}

/** Looking into files is a chunk of its own, fetched with the first file. */
function lazyMedia(): Ports['media'] {
  let loading: Promise<Ports['media']> | null = null;
  const fetchWork = importAgain(() => import('./fileWork.ts'));
  const load = () => {
    loading ??= fetchWork().then(({ createFileWork }) => createFileWork());
    // A lost chunk is most often a lost network: the next file tries again.
    loading.catch(() => {
      loading = null;
    });
    return loading;
  };
  return {
    examine: (file, limits, sharing) =>
      load().then(
        (work) => work.examine(file, limits, sharing),
        () => ({ why: 'unreadable' }),
      ),
    preview: async (blob, inspection, io) => (await load()).preview(blob, inspection, io),
  };
}

/** A brand's own mistake must show up in the brand's console and nowhere else. */
function guarded<T>(listener: ((value: T) => void) | undefined): (value: T) => void {
  return (value) => {
    try {
      listener?.(value);
    } catch (error) {
      reportError(error);
    }
  };
}

function identityFlow({ jwt, getToken, connectorId, redirectUri }: ChatOptions): IdentityFlow {
  if (jwt !== undefined) return { by: 'given', jwt };
  if (getToken) {
    return {
      by: 'brand',
      getToken,
      ...(connectorId === undefined ? {} : { connectorId }),
      ...(redirectUri === undefined ? {} : { redirectUri }),
    };
  }
  return connectorId === undefined ? { by: 'signup' } : { by: 'anonymous', connectorId };
}
