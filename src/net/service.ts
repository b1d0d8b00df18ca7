import { DROPPED, FailureError, failureOf, OFFLINE } from '../protocol/failure.ts';
import { decodeFrame, type ReadNotification } from '../protocol/frame.ts';
import { type Domains, decodeDomains, paths } from '../protocol/http.ts';
import type { ClientProperties } from '../protocol/methods.ts';
import { endingClock } from './clock.ts';
import type { IdentityFlow } from './identity.ts';
import { createIdentityKeeper } from './identityKeeper.ts';
import { deadline, step } from './link.ts';
import type { Link, LinkEffect, LinkEvent } from './linkStates.ts';
import { statusOf } from './linkStatus.ts';
import type {
  Clock,
  Http,
  Memory,
  OpenSocket,
  Service,
  Socket,
  Surroundings,
  Topic,
  Topics,
  Unsubscribe,
} from './ports.ts';
import { createRequests } from './requests.ts';
import { createThrottle } from './throttle.ts';

export interface ServiceOptions {
  readonly account: string;
  /** Origin of domain discovery. When it is http, the services it names are spoken to by http and ws. */
  readonly domainApi: string;
  readonly identity: IdentityFlow;
  /** Read anew for each greeting. */
  readonly clientProperties: ClientProperties;
  readonly readNotification: ReadNotification;
  readonly clock: Clock;
  readonly http: Http;
  readonly openSocket: OpenSocket;
  readonly surroundings: Surroundings;
  /** Where an unauthenticated identity survives a reload; without it each page is a new consumer. */
  readonly memory?: Pick<Memory, 'get' | 'set'>;
}

/** Drives the link: performs its effects, feeds it what happened, and correlates requests over the socket it holds. */
export function createService(options: ServiceOptions): Service {
  const { account, http, openSocket, surroundings } = options;
  const clock = endingClock(options.clock);
  const scheme = options.domainApi.startsWith('http:') ? 'http' : 'https';
  let link: Link = { at: 'closed', run: 0 };
  let cancelWake: Unsubscribe = () => {};
  let socket: Socket | null = null;
  let domains: Domains | null = null;
  let aborter = new AbortController();
  let disposed = false;

  const listeners: { [T in Topic]: Set<(value: Topics[T]) => void> } = {
    status: new Set(),
    messages: new Set(),
    conversations: new Set(),
    unknown: new Set(),
  };
  function tell<T extends Topic>(topic: T, value: Topics[T]): void {
    for (const listener of listeners[topic]) listener(value);
  }

  const keeper = createIdentityKeeper({
    account,
    flow: options.identity,
    clock,
    http,
    memory: options.memory,
    onAged: () => feed({ type: 'aged' }),
  });
  const requests = createRequests(clock);
  const throttle = createThrottle(clock);

  function feed(event: LinkEvent): void {
    const before = statusOf(link);
    const stepped = step(link, event, { now: clock.now(), chance: clock.random() });
    link = stepped.link;
    cancelWake();
    const due = deadline(link);
    if (due !== null) cancelWake = clock.after(Math.max(0, due - clock.now()), () => feed({ type: 'woke' }));
    for (const effect of stepped.effects) perform(effect);
    const after = statusOf(link);
    if (JSON.stringify(before) !== JSON.stringify(after)) tell('status', after);
  }

  function perform(effect: LinkEffect): void {
    switch (effect.type) {
      case 'resolve':
        attempt(effect.run, 'resolved', resolve);
        return;
      case 'identify':
        attempt(effect.run, 'identified', (signal) =>
          keeper.become(effect.renew, `${scheme}://${hostOf('idp')}`, signal),
        );
        return;
      case 'open':
        open(effect.run);
        return;
      case 'greet':
        attempt(effect.run, 'greeted', greet);
        return;
      case 'ping':
        // Its answer is a frame like any other, and any frame is life; its absence is the link's to notice.
        requests.send(socket, 'GetClock', undefined).then(
          ({ at }) => {
            if (at !== null) keeper.heardClock(at);
          },
          () => {},
        );
        return;
      case 'hangUp':
        aborter.abort();
        aborter = new AbortController();
        socket?.close(1000, 'bye');
        socket = null;
        requests.dropAll(DROPPED);
        return;
    }
  }

  function attempt(
    run: number,
    done: 'resolved' | 'identified' | 'greeted',
    work: (signal: AbortSignal) => Promise<void>,
  ): void {
    work(aborter.signal).then(
      () => feed({ type: done, run }),
      (error: unknown) => feed({ type: 'failed', run, why: failureOf(error) }),
    );
  }

  async function resolve(signal: AbortSignal): Promise<void> {
    const answer = await http.json(options.domainApi + paths.domains(account), { signal });
    domains = decodeDomains(answer);
    hostOf('asyncMessagingEnt');
    hostOf('idp');
  }

  function hostOf(service: string): string {
    const host = domains?.[service];
    if (host) return host;
    throw new FailureError({ kind: 'garbled', delivery: 'unknown', message: `no domain for ${service}` });
  }

  function open(run: number): void {
    const url = `${scheme === 'http' ? 'ws' : 'wss'}://${hostOf('asyncMessagingEnt')}${paths.socket(account)}`;
    const closed = (code: number) => {
      if (run !== link.run) return;
      socket = null;
      requests.dropAll(DROPPED);
      feed({ type: 'closed', run, code });
    };
    try {
      socket = openSocket(url, {
        opened: () => feed({ type: 'opened', run }),
        received: (data) => run === link.run && receive(data, run),
        closed,
      });
    } catch {
      // A page's policy or a mixed-content rule refuses by throwing; to the link it is a socket that did not open.
      closed(1006);
    }
  }

  async function greet(): Promise<void> {
    const identity = keeper.current();
    if (!identity) throw new FailureError(DROPPED);
    // The first frame, and the only one until it is answered (docs/PROTOCOL C2).
    await requests.send(socket, 'InitConnection', undefined, {
      headers: [options.clientProperties, { type: '.ams.headers.ConsumerAuthentication', jwt: identity.jwt }],
    });
  }

  function receive(data: unknown, run: number): void {
    const incoming = decodeFrame(data, options.readNotification);
    feed({ type: 'heard', run });
    switch (incoming.kind) {
      case 'response':
        requests.answer(incoming.reqId, incoming.code, incoming.body);
        return;
      case 'messages':
        tell('messages', { dialogId: incoming.dialogId, events: incoming.events });
        break;
      case 'conversations':
        tell('conversations', incoming.changes);
        break;
      case 'unknown':
        tell('unknown', incoming.why);
        return;
    }
    if (incoming.skipped > 0) tell('unknown', `${incoming.skipped} of ${incoming.kind}`);
  }

  const stops = [
    surroundings.onReturn(() => feed({ type: 'returned' })),
    surroundings.onLeave(() => feed({ type: 'left' })),
    surroundings.onThaw(() => feed({ type: 'thawed' })),
  ];

  return {
    scheme,
    connect() {
      if (!disposed) feed({ type: 'wanted' });
    },
    status: () => statusOf(link),
    me: () => keeper.current()?.claims.sub ?? null,
    domains: () => domains,
    async request(method, body, io = {}) {
      if (link.at !== 'online') throw new FailureError(OFFLINE);
      const { run } = link;
      const extra = io.metadata ? { metadata: io.metadata } : {};
      return throttle.run(() => {
        // What was held back may find another connection, which knows nothing of it or is not greeted yet.
        if (link.at !== 'online' || link.run !== run) throw new FailureError(OFFLINE);
        const answer = requests.send(socket, method, body, extra, io.signal);
        feed({ type: 'asked', run });
        return answer;
      }, io.signal);
    },
    authenticated: options.identity.by === 'brand',
    async authorized(name, path) {
      const identity = keeper.current();
      if (!identity) throw new FailureError({ kind: 'offline', delivery: 'not-sent' });
      return http.json(`${scheme}://${hostOf(name)}${path}`, { headers: { Authorization: `Bearer ${identity.jwt}` } });
    },
    on(topic, listener) {
      listeners[topic].add(listener);
      return () => {
        listeners[topic].delete(listener);
      };
    },
    disconnect: () => feed({ type: 'disposed' }),
    forget() {
      keeper.forget();
      feed({ type: 'disposed' });
    },
    dispose() {
      disposed = true;
      feed({ type: 'disposed' });
      clock.end();
      cancelWake();
      keeper.forget();
      for (const stop of stops) stop();
      for (const set of Object.values(listeners)) set.clear();
    },
  };
}
