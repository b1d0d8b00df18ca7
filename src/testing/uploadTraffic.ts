import type { Attachment } from '../model/attachment.ts';
import type { LinkStatus, ObjectStore, Service } from '../net/ports.ts';
import { ABORTED, DROPPED, type Failure, FailureError, OFFLINE, refused, TIMED_OUT } from '../protocol/failure.ts';
import { fakeService } from './world.ts';

/** Requests by what they are for: a URL, a PUT, a HEAD, a sign of life, a publish. */
export type Kind = 'grant' | 'put' | 'head' | 'clock' | 'publish';

/** A request that waits for the test. */
export interface Pending {
  readonly kind: Kind;
  /** Of the file that it is for; empty for a sign of life. */
  readonly id: string;
  answer(value: unknown): void;
  fail(why: Failure): void;
  progress(sent: number): void;
  /** Answers as is usual for its kind: 200, or how else it may end; 0 is no answer. */
  settle(code: number): void;
}

/** Everything that uploads ask of the world, in the order in which it was asked. */
export interface UploadTraffic {
  readonly service: Service;
  readonly objects: ObjectStore;
  /** The `at`th request of a kind that waits; it waits no longer, unless `ends` is false. */
  take(kind: Kind, at: number, ends?: boolean): Pending | undefined;
  /** Kinds of what waits for a file. */
  under(id: string): readonly Kind[];
  /** Whether a sign of life is being waited for. */
  proving(): boolean;
  /** Files with anything on its way to the store. */
  files(): number;
  goes(to: 'online' | 'offline'): Promise<void>;
}

interface Asked {
  readonly kind: Kind;
  readonly id: string;
  readonly signal?: AbortSignal | undefined;
  readonly good: unknown;
  onProgress?(sent: number): void;
}

const idOf = (size: number) => `f${size - 1_000}`;

/** `stateOf` and `complain` see to it that nothing is asked for a file that has come to rest. */
export function uploadTraffic(
  stateOf: (id: string) => Attachment['at'] | null,
  complain: (what: string) => void,
): UploadTraffic {
  const waiting = new Set<Pending>();
  const owners = new Map<string, string>();
  const inner = fakeService();
  let urls = 0;

  function ask<T>({ kind, id, signal, good, onProgress = () => {} }: Asked): Promise<T> {
    const at = stateOf(id);
    if (at === 'cancelled' || at === 'published' || at === 'failed') complain(`${kind} for ${id}, which is ${at}`);
    return new Promise<T>((resolve, reject) => {
      const end = (act: () => void) => {
        waiting.delete(pending);
        act();
      };
      const fail = (why: Failure) => end(() => reject(new FailureError(why)));
      const answer = (value: unknown) => end(() => resolve(value as T));
      const pending: Pending = {
        kind,
        id,
        answer,
        fail,
        progress: onProgress,
        settle(code) {
          if (code === 200) return answer(good);
          if (code === 404 && kind === 'head') return answer(false);
          fail(code === 0 ? (kind === 'head' ? DROPPED : TIMED_OUT) : refused(code, ''));
        },
      };
      waiting.add(pending);
      signal?.addEventListener('abort', () => fail(ABORTED));
    });
  }

  const service: Service = {
    ...inner,
    request(method, body, io = {}) {
      if (inner.status().at !== 'online') return Promise.reject(new FailureError(OFFLINE));
      const { signal } = io;
      if (method === 'GetClock') return ask({ kind: 'clock', id: '', signal, good: { at: null } });
      if (method === 'ms.PublishEvent')
        return ask({ kind: 'publish', id: String(io.metadata?.[0]?.id ?? ''), signal, good: null });
      urls += 1;
      const path = { relativePath: `/v1/${urls}`, signature: 's', rawExpires: '9', expires: 9e9 };
      const id = idOf((body as { fileSize: number }).fileSize);
      owners.set(path.relativePath, id);
      return ask({ kind: 'grant', id, signal, good: path });
    },
  };
  const objects: ObjectStore = {
    put: (_, blob, { signal, onProgress }) =>
      ask({ kind: 'put', id: idOf(blob.size), signal, good: undefined, onProgress }),
    holds: (at, { signal } = {}) => ask({ kind: 'head', id: owners.get(at.relativePath) ?? '', signal, good: true }),
    get: () => Promise.reject(new FailureError(DROPPED)),
    answers: async () => true,
    url: (from) => `http://swift.test${from.relativePath}`,
  };

  return {
    service,
    objects,
    take(kind, at, ends = true) {
      const those = [...waiting].filter((one) => one.kind === kind);
      const one = those[at % Math.max(1, those.length)];
      if (one && ends) waiting.delete(one);
      return one;
    },
    under: (id) => [...waiting].filter((one) => one.id === id).map(({ kind }) => kind),
    proving: () => [...waiting].some(({ kind }) => kind === 'clock'),
    files: () => new Set([...waiting].filter(({ kind }) => kind !== 'publish').map(({ id }) => id)).size,
    async goes(to) {
      const status: LinkStatus = to === 'online' ? { at: 'online' } : { at: 'waiting', tries: 1, until: 0 };
      if (to === 'offline') {
        // What was asked over the link is lost with it; the store may still be there.
        for (const one of [...waiting]) if (!['put', 'head'].includes(one.kind)) one.fail(DROPPED);
      }
      await inner.goes(status);
    },
  };
}
