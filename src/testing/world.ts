import { startDownloads } from '../flows/downloads.ts';
import type { Ports } from '../flows/ports.ts';
import { startTalk } from '../flows/talk.ts';
import { transfer } from '../flows/uploadsTransfer.ts';
import type { Inspection } from '../media/inspect.ts';
import { soleTab } from '../net/locks.ts';
import { createMemory } from '../net/memory.ts';
import type { LinkStatus, ObjectStore, Service, Topic, Topics } from '../net/ports.ts';
import { type Failure, FailureError } from '../protocol/failure.ts';
import { DEFAULT_LIMITS, FILE_TYPES } from '../protocol/fileTypes.ts';
import type { Method, Methods } from '../protocol/methods.ts';
import type { MessagingEvent, SignedPath } from '../protocol/types.ts';
import { createChatStore } from '../store/store.ts';
import { type FakeClock, fakeClock, settle } from './clock.ts';
import { AGENT, ME } from './events.ts';
import { fakePage } from './page.ts';
import { fakeSurroundings } from './surroundings.ts';

interface Asked<M extends Method = Method> {
  readonly method: M;
  readonly body: Methods[M]['in'];
  readonly metadata: readonly unknown[];
  answer(value: Methods[M]['out']): Promise<void>;
  fail(why: Failure): Promise<void>;
}

/** The service as a transcript: what the flows ask is taken by `next` and answered by the test. */
export interface FakeService extends Service {
  next<M extends Method>(method: M): Asked<M>;
  /** Methods asked and not taken yet. */
  waiting(): readonly Method[];
  goes(status: LinkStatus): Promise<void>;
  /** Online, with the first subscriptions answered as an empty account would. */
  greets(): Promise<void>;
  says<T extends Topic>(topic: T, value: Topics[T]): Promise<void>;
  hears(...events: MessagingEvent[]): Promise<void>;
}

export function fakeService(): FakeService {
  let status: LinkStatus = { at: 'idle' };
  const asked: {
    method: Method;
    body: unknown;
    metadata: readonly unknown[];
    resolve(v: unknown): void;
    reject(e: unknown): void;
  }[] = [];
  /** Rejects of every request without an answer, taken by the test or not. */
  const inFlight = new Set<(error: FailureError) => void>();
  const listeners = new Map<Topic, Set<(value: never) => void>>();
  const service: FakeService = {
    scheme: 'http',
    connect() {},
    status: () => status,
    me: () => (status.at === 'idle' ? null : ME),
    domains: () => ({ swift: 'swift.test' }),
    authenticated: false,
    authorized: () => Promise.reject(new FailureError({ kind: 'offline', delivery: 'not-sent' })),
    request(method, body, io = {}) {
      if (status.at !== 'online') return Promise.reject(new FailureError({ kind: 'offline', delivery: 'not-sent' }));
      return new Promise((resolve, reject) => {
        inFlight.add(reject);
        asked.push({ method, body, metadata: io.metadata ?? [], resolve: resolve as (v: unknown) => void, reject });
        io.signal?.addEventListener('abort', () => reject(new FailureError({ kind: 'aborted', delivery: 'not-sent' })));
      });
    },
    on(topic, listener) {
      const set = listeners.get(topic) ?? new Set();
      listeners.set(topic, set.add(listener));
      return () => {
        set.delete(listener);
      };
    },
    disconnect() {},
    forget() {},
    dispose() {},
    next(method) {
      const at = asked.findIndex((one) => one.method === method);
      const [one] = at < 0 ? [] : asked.splice(at, 1);
      if (!one) throw new Error(`${method} was not asked for; waiting: ${service.waiting().join(', ') || 'nothing'}`);
      return {
        method,
        body: one.body as never,
        metadata: one.metadata,
        async answer(value) {
          one.resolve(value);
          await settle();
        },
        async fail(why) {
          one.reject(new FailureError(why));
          await settle();
        },
      };
    },
    waiting: () => asked.map(({ method }) => method),
    async goes(next) {
      status = next;
      if (next.at !== 'online') {
        asked.length = 0;
        for (const drop of inFlight) drop(new FailureError({ kind: 'dropped', delivery: 'unknown' }));
        inFlight.clear();
      }
      await service.says('status', next);
    },
    async greets() {
      await service.goes({ at: 'online' });
      await service.next('cqm.SubscribeExConversations').answer({ subscriptionId: 's' });
      await service.says('conversations', []);
    },
    async says(topic, value) {
      for (const listener of [...(listeners.get(topic) ?? [])]) (listener as (v: typeof value) => void)(value);
      await settle();
    },
    async hears(...events) {
      await service.says('messages', { dialogId: null, events });
    },
  };
  return service;
}

/** An object store that the test answers: each PUT waits in `puts`. */
export interface FakeObjects extends ObjectStore {
  readonly puts: {
    readonly to: SignedPath;
    readonly blob: Blob;
    progress(sent: number): void;
    done(): Promise<void>;
    fail(why: Failure): Promise<void>;
  }[];
  /** Answers of `holds`, by relative path; absent is false. */
  readonly held: Set<string>;
  readonly heads: string[];
  /** How often it was asked whether there is anybody at all. */
  knocks: number;
}

export function fakeObjects(): FakeObjects {
  const objects: FakeObjects = {
    puts: [],
    held: new Set(),
    heads: [],
    knocks: 0,
    put: (to, blob, io) =>
      new Promise((resolve, reject) => {
        io.signal.addEventListener('abort', () => reject(new FailureError({ kind: 'aborted', delivery: 'not-sent' })));
        objects.puts.push({
          to,
          blob,
          progress: (sent) => io.onProgress(sent),
          async done() {
            resolve();
            await settle();
          },
          async fail(why) {
            reject(new FailureError(why));
            await settle();
          },
        });
      }),
    async holds(at) {
      objects.heads.push(at.relativePath);
      return objects.held.has(at.relativePath);
    },
    get: async (from) => new Blob([from.relativePath]),
    async answers() {
      objects.knocks += 1;
      return true;
    },
    url: (from) => `http://swift.test${from.relativePath}?sig=${from.signature}`,
  };
  return objects;
}

export const IMAGE: Inspection = { type: 'JPG', width: 40, height: 30 } as Inspection;

/** Any file is a photo that may be sent, as long as files may be sent at all. */
export const examinePhoto: Ports['media']['examine'] = async (_, __, sharing) => {
  const [ok] = FILE_TYPES;
  return sharing === 'off' || !ok ? { why: 'sharing-off' } : { ok, inspection: IMAGE };
};

/** The photo goes as it is. */
export const readyPhoto: Ports['media']['ready'] = async (blob) => ({
  blob,
  about: {
    name: blob.name,
    fileType: 'JPG',
    uploadSize: blob.size,
    preview: 'data:image/jpeg;base64,AAAA',
    width: 40,
    height: 30,
  },
});

export interface World {
  readonly ports: Ports;
  readonly store: ReturnType<typeof createChatStore>;
  readonly service: FakeService;
  readonly objects: FakeObjects;
  readonly clock: FakeClock;
  readonly saved: { name: string; blob: Blob }[];
}

function none(): never {
  throw new Error('memory asks for no storage');
}

/** Fakes of every port around a real store. */
export function fakeWorld(): World {
  const service = fakeService();
  const objects = fakeObjects();
  const clock = fakeClock();
  const saved: World['saved'] = [];
  const store = createChatStore({
    brandName: 'Brand',
    welcome: null,
    welcomeHint: null,
    suggestions: [],
    promise: null,
    limits: DEFAULT_LIMITS,
  });
  const files = { save: (blob: Blob, name: string) => void saved.push({ name, blob }) };
  const ports: Ports = {
    account: '1',
    clock,
    service,
    objects,
    files,
    http: { json: async () => ({ nickname: 'Ana' }) },
    surroundings: fakeSurroundings(),
    media: {
      examine: examinePhoto,
      glimpse: async () => null,
      ready: readyPhoto,
    },
    persistence: 'memory',
    memory: createMemory('1', 'memory', { session: none, local: none, shelf: none }),
    locks: soleTab(),
    page: fakePage(),
    sound: true,
    authenticated: true,
    loadTalk: async () => (opening, store) => startTalk({ ...ports, ...opening }, store),
    loadTransfer: async () => transfer,
    loadDownloads: async (store) => startDownloads({ service, objects, clock, files }, store),
    loadArchive: async () => ({ next: async () => null }),
    version: '0',
    onDiagnostic: () => {},
    locale: 'en-GB',
  };
  return { ports, store, service, objects, clock, saved };
}

export { AGENT };
