import { createArchive } from '../flows/archive.ts';
import { type ChatFlows, startChat } from '../flows/chat.ts';
import { startDownloads } from '../flows/downloads.ts';
import type { Ports } from '../flows/ports.ts';
import { startTalk } from '../flows/talk.ts';
import { transfer } from '../flows/uploadsTransfer.ts';
import { clientProperties } from '../net/clientProperties.ts';
import type { IdentityFlow } from '../net/identity.ts';
import { createMemory } from '../net/memory.ts';
import type { Clock, OpenSocket, Persistence, Service } from '../net/ports.ts';
import { createService } from '../net/service.ts';
import { decodeNotification } from '../protocol/decode.ts';
import { DEFAULT_LIMITS } from '../protocol/fileTypes.ts';
import { type Brand, type BrandOptions, createBrand } from '../sandbox/brand.ts';
import { inMemorySockets } from '../sandbox/inMemory.ts';
import { type ChatStore, createChatStore } from '../store/store.ts';
import { type BoxAgent, boxAgent } from './boxAgent.ts';
import { boxHttp, boxStore, type PutFault } from './boxServices.ts';
import type { FakeClock } from './clock.ts';
import { mortal } from './mortal.ts';
import { fakePage } from './page.ts';
import { simulatedClock } from './simulatedClock.ts';
import { type FakeStorage, fakeBrowser, fakeStorage } from './storage.ts';
import { fakeSurroundings } from './surroundings.ts';
import { examinePhoto, readyPhoto } from './world.ts';

export const ACCOUNT = '12345678';

/** Every real part of the widget but its panel, on the real sandbox, in one process and on one clock that stands still. */
export interface Box {
  readonly clock: FakeClock;
  readonly brand: Brand;
  /** relativePath → bytes that the object store holds. */
  readonly stored: ReadonlyMap<string, Blob>;
  /** Every PUT that arrived, in order. */
  readonly puts: readonly string[];
  readonly putFaults: PutFault[];
  /** Every frame that consumers were sent, in order. */
  readonly frames: readonly string[];
  /** Opens a tab. */
  tab(options?: TabOptions): BoxTab;
  /** Signs an agent in who takes every conversation. */
  agent(): BoxAgent;
  /** Names of the locks that tabs hold. */
  locks(): readonly string[];
}

export interface TabOptions {
  /** The tab's own storage, handed on to reload it and copied to duplicate it. */
  readonly session?: FakeStorage;
  readonly persistence?: Persistence;
  /** `signup` by default. */
  readonly identity?: IdentityFlow;
}

export interface BoxTab {
  readonly store: ChatStore;
  readonly service: Service;
  readonly actions: ChatFlows;
  readonly session: FakeStorage;
  readonly surroundings: ReturnType<typeof fakeSurroundings>;
  readonly saved: string[];
  /** Own and other messages as a reader sees them: `me: hello`, `them: [plan.pdf]`. */
  lines(): string[];
  /** Timers that wait, listeners of the surroundings, and sockets that nobody has closed. */
  residue(): { timers: number; listeners: number; sockets: number };
  /** Something arrives on the tab's latest socket, as if the service had sent it. */
  receives(data: unknown): void;
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
  const clock = simulatedClock();
  const brand = createBrand({ ...options.brand, clock, uuid: () => clock.uuid() });
  const random = options.random ?? (() => 0.5);
  const browser = fakeBrowser();
  const objects = boxStore(clock);
  const frames: string[] = [];
  const open = inMemorySockets(brand);

  function tab(asked: TabOptions = {}): BoxTab {
    const { session = fakeStorage(), persistence = 'session', identity = { by: 'signup' } } = asked;
    let gone = false;
    const hasGone = () => gone;
    const surroundings = fakeSurroundings();
    const locks = browser.locks();
    const saved: string[] = [];
    const timers = new Set<() => void>();
    const sockets = new Set<{ close(code: number, reason: string): void }>();
    let receive: (data: unknown) => void = () => {};
    const tabClock: Clock = {
      now: clock.now,
      uuid: clock.uuid,
      random,
      after(ms, wake) {
        const stop = clock.after(ms, () => {
          timers.delete(cancel);
          wake();
        });
        const cancel = () => {
          timers.delete(cancel);
          stop();
        };
        timers.add(cancel);
        return cancel;
      },
    };
    const openSocket: OpenSocket = (url, listener) => {
      receive = listener.received;
      const socket = open(url, {
        opened: () => !gone && listener.opened(),
        received(data) {
          frames.push(String(data));
          if (!gone) listener.received(data);
        },
        closed(code, reason) {
          sockets.delete(socket);
          if (!gone) listener.closed(code, reason);
        },
      });
      sockets.add(socket);
      const close = (code: number, reason: string) => {
        // The browser ends it in its own time.
        sockets.delete(socket);
        socket.close(code, reason);
      };
      return mortal({ ...socket, close }, hasGone);
    };
    const memory = createMemory(ACCOUNT, persistence, {
      session: () => mortal(session, hasGone),
      local: () => mortal(browser.local, hasGone),
      shelf: async (name) => mortal(browser.shelf(name), hasGone),
    });
    const http = mortal(boxHttp(brand), hasGone);
    const service = createService({
      account: ACCOUNT,
      domainApi: 'http://box.test',
      identity,
      clientProperties: clientProperties('', 'UTC', '0'),
      clock: tabClock,
      http,
      openSocket,
      readNotification: decodeNotification,
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
    const files = { save: (_: Blob, name: string) => void saved.push(name) };
    const tabObjects = mortal(objects, hasGone);
    const ports: Ports = {
      account: ACCOUNT,
      clock: tabClock,
      service,
      objects: tabObjects,
      files,
      http,
      surroundings,
      persistence,
      memory,
      locks: mortal(locks, hasGone),
      page: fakePage(),
      sound: false,
      media: {
        examine: examinePhoto,
        glimpse: async () => null,
        ready: readyPhoto,
      },
      authenticated: identity.by === 'brand' || identity.by === 'given',
      loadTalk: async () => (opening, into) => startTalk({ ...ports, ...opening }, into),
      loadTransfer: async () => transfer,
      loadDownloads: async (into) => startDownloads({ service, objects: tabObjects, clock: tabClock, files }, into),
      loadArchive: async () => createArchive(ACCOUNT, service),
      version: '0',
      onDiagnostic: () => {},
      locale: 'en',
    };
    const actions = startChat(ports, store);

    function vanish(): void {
      gone = true;
      for (const cancel of [...timers]) cancel();
      for (const socket of sockets) socket.close(1001, '');
      locks.close();
    }

    return {
      store,
      service,
      actions,
      session,
      surroundings,
      saved,
      lines: () => linesOf(store),
      residue: () => ({ timers: timers.size, listeners: surroundings.listeners(), sockets: sockets.size }),
      receives: (data) => receive(data),
      crash: vanish,
      reload() {
        actions.dispose();
        vanish();
        const next = tab({ session, persistence, identity });
        next.actions.resume();
        return next;
      },
    };
  }

  const { stored, puts, putFaults } = objects;
  return {
    clock,
    brand,
    stored,
    puts,
    putFaults,
    frames,
    tab,
    agent: () => boxAgent(brand, ACCOUNT, stored),
    locks: browser.held,
  };
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
