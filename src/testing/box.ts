import { createArchive } from '../flows/archive.ts';
import { type ChatFlows, startChat } from '../flows/chat.ts';
import type { Ports } from '../flows/ports.ts';
import { clientProperties } from '../net/clientProperties.ts';
import type { IdentityFlow } from '../net/identity.ts';
import { createMemory } from '../net/memory.ts';
import type { Clock, Http, ObjectStore, OpenSocket, Persistence } from '../net/ports.ts';
import { createService } from '../net/service.ts';
import { DROPPED, FailureError, refused } from '../protocol/failure.ts';
import { DEFAULT_LIMITS } from '../protocol/fileTypes.ts';
import { type Brand, type BrandOptions, createBrand } from '../sandbox/brand.ts';
import { inMemorySockets } from '../sandbox/inMemory.ts';
import { type ChatStore, createChatStore } from '../store/store.ts';
import { type FakeClock, fakeClock } from './clock.ts';
import { fakePage } from './page.ts';
import { fakeBrowser, fakeStorage } from './storage.ts';
import { fakeSurroundings } from './surroundings.ts';
import { IMAGE } from './world.ts';

const ACCOUNT = '12345678';
const SIGN_UP: IdentityFlow = { by: 'signup' };

/** How the next PUTs end: `lost` never arrives, `landed` arrives while its answer is lost, a number is answered so. */
export type PutFault = 'lost' | 'landed' | number;

/** Every real part of the widget but its panel, on the real sandbox, in one process and on one clock that stands still. */
export interface Box {
  readonly clock: FakeClock;
  readonly brand: Brand;
  /** relativePath → bytes that the object store holds. */
  readonly stored: ReadonlyMap<string, Blob>;
  /** Every PUT that arrived, in order. */
  readonly puts: readonly string[];
  readonly putFaults: PutFault[];
  /** Opens a tab; `session` is the tab's own storage, handed on to reload it. */
  tab(options?: {
    session?: ReturnType<typeof fakeStorage>;
    persistence?: Persistence;
    identity?: IdentityFlow;
  }): BoxTab;
}

export interface BoxTab {
  readonly store: ChatStore;
  readonly actions: ChatFlows;
  readonly session: ReturnType<typeof fakeStorage>;
  readonly surroundings: ReturnType<typeof fakeSurroundings>;
  readonly saved: string[];
  /** Own and other messages as a reader sees them: `me: hello`, `them: [plan.pdf]`. */
  lines(): string[];
  /** The tab goes without a word, as on a crash: locks end, sockets break off, nothing is tidied up. */
  crash(): void;
  /** The page goes in good order and comes back. */
  reload(): BoxTab;
}

export interface BoxOptions {
  readonly brand?: Omit<BrandOptions, 'clock' | 'uuid'>;
  /** Chance for waits and jitter; fixed by default. */
  readonly random?: () => number;
}

export function createBox(options: BoxOptions = {}): Box {
  const clock = fakeClock();
  const brand = createBrand({ ...options.brand, clock, uuid: () => clock.uuid() });
  const random = options.random ?? (() => 0.5);
  const stored = new Map<string, Blob>();
  const puts: string[] = [];
  const putFaults: PutFault[] = [];
  const browser = fakeBrowser();

  const http: Http = {
    async json(url, { method = 'GET', body, headers = {} } = {}) {
      await Promise.resolve();
      if (brand.refusing()) throw new FailureError(DROPPED);
      const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      const hosts = { services: 'box.test', swift: 'swift.test' };
      const { pathname: path, searchParams: query } = new URL(url);
      const answer = brand.http({ method, path, query, headers: lower, body }, hosts);
      if (answer.status >= 400) throw new FailureError(refused(answer.status, String(answer.body ?? '')));
      return answer.body;
    },
  };

  const objects: ObjectStore = {
    async put(to, blob, { signal, onProgress }) {
      onProgress(blob.size / 2);
      await new Promise<void>((resolve) => clock.after(20, resolve));
      if (signal.aborted) throw new FailureError({ kind: 'aborted', delivery: 'not-sent' });
      const fault = putFaults.shift();
      if (fault === 'lost') throw new FailureError(DROPPED);
      if (typeof fault === 'number') throw new FailureError(refused(fault, ''));
      puts.push(to.relativePath);
      stored.set(to.relativePath, blob);
      if (fault === 'landed') throw new FailureError(DROPPED);
    },
    holds: async (at) => stored.has(at.relativePath),
    async get(from) {
      const blob = stored.get(from.relativePath);
      if (!blob) throw new FailureError(refused(404, ''));
      return blob;
    },
    url: (from) => `http://swift.test${from.relativePath}?${from.signature}`,
  };

  function tab({
    session = fakeStorage(),
    persistence = 'session',
    identity = { by: 'signup' },
  }: Parameters<Box['tab']>[0] = {}): BoxTab {
    let gone = false;
    const surroundings = fakeSurroundings();
    const locks = browser.locks();
    const saved: string[] = [];
    const timers = new Set<() => void>();
    const tabClock: Clock = {
      now: clock.now,
      uuid: clock.uuid,
      random,
      after(ms, wake) {
        const cancel = clock.after(ms, () => !gone && wake());
        timers.add(cancel);
        return cancel;
      },
    };
    const sockets = new Set<{ close(code: number, reason: string): void }>();
    const open = inMemorySockets(brand);
    const openSocket: OpenSocket = (url, listener) => {
      const socket = open(url, {
        opened: () => !gone && listener.opened(),
        received: (data) => !gone && listener.received(data),
        closed: (code, reason) => !gone && listener.closed(code, reason),
      });
      sockets.add(socket);
      return socket;
    };
    const memory = createMemory(ACCOUNT, persistence, {
      session: () => session,
      local: () => browser.local,
      shelf: async (name) => browser.shelf(name),
    });
    const service = createService({
      account: ACCOUNT,
      domainApi: 'http://box.test',
      identity,
      clientProperties: clientProperties('', 'UTC', '0'),
      clock: tabClock,
      http,
      openSocket,
      surroundings,
      memory,
    });
    const store = createChatStore({
      brandName: 'Box',
      welcome: null,
      welcomeHint: null,
      suggestions: [],
      promise: null,
      limits: DEFAULT_LIMITS,
    });
    const ports: Ports = {
      account: ACCOUNT,
      clock: tabClock,
      service,
      objects,
      files: { save: (_, name) => saved.push(name) },
      http,
      surroundings,
      persistence,
      memory,
      locks,
      page: fakePage(),
      sound: false,
      media: {
        inspect: async () => IMAGE,
        preview: async () => ({ dataUrl: 'data:image/jpeg;base64,AAAA', width: 4, height: 3 }),
      },
      loadArchive: async () => createArchive(ACCOUNT, service),
      version: '0',
      onDiagnostic: () => {},
      locale: 'en',
    };
    const actions = startChat(ports, store);
    const again = (): BoxTab => tab({ session, persistence, identity });
    return {
      store,
      actions,
      session,
      surroundings,
      saved,
      lines: () => linesOf(store),
      crash() {
        gone = true;
        for (const cancel of timers) cancel();
        for (const socket of sockets) socket.close(1001, '');
        locks.close();
      },
      reload() {
        actions.dispose();
        gone = true;
        locks.close();
        const next = again();
        next.actions.resume();
        return next;
      },
    };
  }

  return { clock, brand, stored, puts, putFaults, tab };
}

function linesOf(store: ChatStore): string[] {
  const { transcript, attachments } = store.getState();
  return transcript.ids.map((id) => {
    const message = transcript.byId.get(id);
    const who = message?.mine ? 'me' : 'them';
    switch (message?.body.type) {
      case 'text':
        return `${who}: ${message.body.text}`;
      case 'file':
        return `${who}: [${message.body.file.caption}]`;
      case 'upload': {
        const attachment = attachments.get(message.body.attachmentId);
        return `${who}: [${attachment?.caption || attachment?.name}]`;
      }
      default:
        return `${who}: ?`;
    }
  });
}
