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
  const loadTalk = importAgain(() => import('../flows/talk.ts'));
  const loadArchive = importAgain(() => import('../flows/archive.ts'));
  const loadRequests = importAgain(() => import('../net/objectStoreRequests.ts'));
  const fetchFileWork = importAgain(() => import('./fileWork.ts'));
  // With what carries it away: a file that has been looked at can be sent without fetching more.
  const loadFileWork = async () => (await Promise.all([fetchFileWork(), loadRequests()]))[0];
  const objects = createObjectStore(swift, clock, loadRequests);
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
    authenticated: options.getToken !== undefined || options.jwt !== undefined,
    loadTalk: async () => (await loadTalk()).startTalk,
    loadArchive: async () => (await loadArchive()).createArchive(options.account, service),
    loadTransfer: async () => (await loadFileWork()).transfer,
    loadDownloads: async (store) => (await loadDownloads()).startDownloads({ service, objects, clock, files }, store),
    version: __VERSION__,
    onDiagnostic: guarded(options.onDiagnostic),
    media: lazyMedia(loadFileWork),
    locale: options.locale ?? (document.documentElement.lang || navigator.language),
  };
}

/** Looking into files is a chunk of its own, fetched with the first file. */
function lazyMedia(fetchWork: () => Promise<typeof import('./fileWork.ts')>): Ports['media'] {
  let loading: Promise<Ports['media']> | null = null;
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
    glimpse: async (blob, inspection) => (await load()).glimpse(blob, inspection),
    ready: async (file, accepted, io) => (await load()).ready(file, accepted, io),
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
