import { ABORTED, DROPPED, FailureError, failureOf } from '../protocol/failure.ts';
import type { SignedPath } from '../protocol/types.ts';
import type { Download } from '../store/state.ts';
import { type ChatStore, withEntry, withoutEntry } from '../store/store.ts';
import { untilOnline } from './online.ts';
import type { Ports } from './ports.ts';

/** Ms of life an address must still have to be handed to an image. */
const MARGIN = 5_000;
/** Ms that an address lives when the service does not say (PROTOCOL §8.3). */
const LIFE = 60_000;

/** Where a browser opens what it was told to save, it must not open a page of ours: nothing shows bytes of this type. */
const SAVED_AS = 'application/octet-stream';

export type DownloadPorts = Pick<Ports, 'service' | 'objects' | 'clock' | 'files'>;

/** Steps 6 and 7: an address when somebody looks, a fresh one when it has aged, a file on the consumer's disk on demand. */
export interface Downloads {
  want(path: string): void;
  /** An image did not load: one fresh address, then `failed`. */
  failed(path: string): void;
  save(path: string, name: string): void;
  dispose(): void;
}

export function startDownloads(ports: DownloadPorts, store: ChatStore): Downloads {
  const { service, objects, clock } = ports;
  const life = new AbortController();
  /** Paths whose fresh address has been spent. */
  const refreshed = new Set<string>();

  function set(path: string, download: Download): void {
    store.setState((state) => ({ downloads: withEntry(state.downloads, path, download) }));
  }

  function now(path: string): Download | undefined {
    return store.getState().downloads.get(path);
  }

  async function sign(path: string): Promise<SignedPath> {
    for (;;) {
      await untilOnline(service, life.signal);
      try {
        return await service.request('ms.GenerateURLForDownloadFile', { relativePath: path });
      } catch (error) {
        if (failureOf(error).delivery === 'refused') throw error;
        if (service.status().at === 'online') throw error;
      }
    }
  }

  function lifeOf(signed: SignedPath): number {
    return signed.expires === null ? clock.now() + LIFE : signed.expires * 1000;
  }

  async function ask(path: string): Promise<void> {
    set(path, { at: 'asking' });
    try {
      const signed = await sign(path);
      set(path, { at: 'ready', url: addressOf(path, signed), expires: lifeOf(signed) });
    } catch (error) {
      const why = failureOf(error);
      if (why.kind !== 'aborted') set(path, { at: 'failed', why });
    }
  }

  /** Two signatures of one second are alike, and an image asked for the same address again would not stir. */
  function addressOf(path: string, signed: SignedPath): string {
    const url = objects.url(signed);
    return refreshed.has(path) ? `${url}&fresh=1` : url;
  }

  /** An address ages on its way; a second, fresh one is tried before anything is said. */
  async function fetchFile(path: string): Promise<Blob> {
    const first = await sign(path);
    try {
      return await objects.get(first, { signal: life.signal });
    } catch (error) {
      if (failureOf(error).kind === 'aborted') throw error;
      return objects.get(await sign(path), { signal: life.signal });
    }
  }

  async function save(path: string, name: string): Promise<void> {
    const before = now(path);
    set(path, { at: 'saving' });
    try {
      const blob = await fetchFile(path);
      if (life.signal.aborted) throw new FailureError(ABORTED);
      ports.files.save(blob.slice(0, blob.size, SAVED_AS), name);
      // An address that came meanwhile stays: an image hangs on it.
      if (now(path)?.at !== 'saving') return;
      if (before?.at === 'ready') set(path, before);
      else store.setState((state) => ({ downloads: withoutEntry(state.downloads, path) }));
    } catch (error) {
      const why = failureOf(error);
      if (why.kind !== 'aborted') set(path, { at: 'failed', why });
    }
  }

  return {
    want(path) {
      const known = now(path);
      if (known?.at === 'asking' || known?.at === 'saving') return;
      if (known?.at === 'ready' && known.expires - MARGIN > clock.now()) return;
      // A new look has its own fresh address, whatever became of an earlier one's.
      if (known) refreshed.delete(path);
      void ask(path);
    },
    failed(path) {
      if (now(path)?.at !== 'ready') return;
      if (refreshed.has(path)) {
        set(path, { at: 'failed', why: DROPPED });
        return;
      }
      refreshed.add(path);
      void ask(path);
    },
    save(path, name) {
      if (now(path)?.at !== 'saving') void save(path, name);
    },
    dispose: () => life.abort(),
  };
}
