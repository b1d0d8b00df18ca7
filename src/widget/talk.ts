import type { OpeningPorts, Ports, StartTalk } from '../flows/ports.ts';
import { startTalk } from '../flows/talk.ts';
import { browserFiles } from '../net/files.ts';
import { browserLocks } from '../net/locks.ts';
import { createObjectStore } from '../net/objectStore.ts';
import { browserPage } from '../net/page.ts';
import { importAgain } from '../ui/importAgain.ts';
import { brandService } from './brandService.ts';
import type { ChatOptions } from './options.ts';

export { decodeNotification } from '../protocol/decode.ts';

/** Everything that takes two, on the real world, with what the brand adds to it. */
export function beginTalk(options: () => ChatOptions): StartTalk {
  return (given, store) => {
    const opening = { ...given, service: brandService(given.service, options) };
    return startTalk({ ...opening, ...talkPorts(opening) }, store);
  };
}

function talkPorts({ account, service, clock }: OpeningPorts): Omit<Ports, keyof OpeningPorts> {
  const swift = () => {
    const host = service.domains()?.swift;
    return host ? `${service.scheme}://${host}` : null;
  };
  const fetchFileWork = importAgain(() => import('./fileWork.ts'));
  const loadDownloads = importAgain(() => import('../flows/downloads.ts'));
  const loadArchive = importAgain(() => import('../flows/archive.ts'));
  const loadRequests = importAgain(() => import('../net/objectStoreRequests.ts'));
  // With what carries it away: a file that has been looked at can be sent without fetching more.
  const loadFileWork = async () => (await Promise.all([fetchFileWork(), loadRequests()]))[0];
  const objects = createObjectStore(swift, clock, loadRequests);
  const files = browserFiles();
  return {
    objects,
    files,
    locks: browserLocks(),
    page: browserPage(),
    media: lazyMedia(loadFileWork),
    loadTransfer: async () => (await loadFileWork()).transfer,
    loadDownloads: async (store) => (await loadDownloads()).startDownloads({ service, objects, clock, files }, store),
    loadArchive: async () => (await loadArchive()).createArchive(account, service),
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
