import {
  type AgentEvent,
  type AgentMethod,
  type AgentMethods,
  type AgentSession,
  agentPaths,
  decodeAgent,
  decodeAgentReply,
  encodeAgentRequest,
} from '../../protocol/agent.ts';
import { DROPPED, FailureError, OFFLINE, TIMED_OUT } from '../../protocol/failure.ts';
import type { ConversationChange, Metadata } from '../../protocol/types.ts';
import { type Services, type SignIn, signIn } from './signIn.ts';

/** `refused`: the service knows the user name or password not, and asking again would not help. */
export type LinkStatus =
  | { readonly at: 'connecting' }
  | { readonly at: 'online' }
  /** `until`: epoch ms of the next try. */
  | { readonly at: 'waiting'; readonly until: number }
  | { readonly at: 'refused'; readonly why: string };

export interface LinkListener {
  status(status: LinkStatus): void;
  /** Open and usable; called anew after every reconnection. */
  online(session: AgentSession, services: Services): void;
  messages(events: readonly AgentEvent[]): void;
  conversations(changes: readonly ConversationChange[]): void;
}

export interface AgentLink {
  /** Rejects with `FailureError`: offline at once, dropped or timeout (10 s) when nothing is known of its fate. */
  request<M extends AgentMethod>(
    method: M,
    body: AgentMethods[M]['in'],
    metadata?: Metadata[],
  ): Promise<AgentMethods[M]['out']>;
  /** Tries at once instead of waiting for the next try. */
  reconnect(): void;
  dispose(): void;
}

interface Waiting {
  settle(code: number, body: unknown): void;
  fail(error: FailureError): void;
}

/** `WebSocket.readyState` of a socket that can be written to. */
const OPEN = 1;
/** ms. The service closes a socket after 60 s of silence (PROTOCOL §3). */
const KEEP_ALIVE = 30_000;
const TIMEOUT = 10_000;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;

/**
 * One agent's socket, kept open: signs in, opens, asks after itself every 30 s, and starts again when it is lost, after
 * 1, 2, 4 … 15 s. Events of an earlier socket are dropped.
 */
export function startAgentLink(account: SignIn, listener: LinkListener, open = openWebSocket): AgentLink {
  const waiting = new Map<string, Waiting>();
  let socket: WebSocket | null = null;
  let generation = 0;
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let keepAlive: ReturnType<typeof setInterval> | undefined;

  async function connect(): Promise<void> {
    clearTimeout(timer);
    const mine = ++generation;
    listener.status({ at: 'connecting' });
    const outcome = await signIn(account);
    if (mine !== generation) return;
    switch (outcome.at) {
      case 'refused':
        listener.status({ at: 'refused', why: outcome.why });
        break;
      case 'unreachable':
        waitAndRetry();
        break;
      case 'in':
        openSocket(outcome.session, outcome.services, mine);
    }
  }

  function openSocket(session: AgentSession, services: Services, mine: number): void {
    socket = open(services.socket + agentPaths.socket(account.account, session.bearer));
    socket.onopen = () => mine === generation && opened(session, services);
    socket.onmessage = ({ data }) => mine === generation && received(data);
    socket.onclose = () => mine === generation && lost();
  }

  function opened(session: AgentSession, services: Services): void {
    tries = 0;
    keepAlive = setInterval(() => {
      // A socket that does not answer is as good as closed, though the browser may not have noticed.
      request('.GetClock', {}).catch((error: unknown) => {
        if (error instanceof FailureError && error.failure.kind === 'timeout') lost();
      });
    }, KEEP_ALIVE);
    listener.status({ at: 'online' });
    listener.online(session, services);
  }

  function received(data: unknown): void {
    const incoming = decodeAgent(data);
    switch (incoming.kind) {
      case 'response':
        waiting.get(incoming.reqId)?.settle(incoming.code, incoming.body);
        break;
      case 'messages':
        listener.messages(incoming.events);
        break;
      case 'conversations':
        listener.conversations(incoming.changes);
        break;
      case 'unknown':
        break;
    }
  }

  function drop(): void {
    generation += 1;
    clearInterval(keepAlive);
    socket?.close();
    socket = null;
    for (const one of [...waiting.values()]) one.fail(new FailureError(DROPPED));
  }

  function lost(): void {
    drop();
    waitAndRetry();
  }

  function waitAndRetry(): void {
    const wait = Math.min(FIRST_WAIT * 2 ** tries, LONGEST_WAIT);
    tries += 1;
    listener.status({ at: 'waiting', until: Date.now() + wait });
    timer = setTimeout(() => void connect(), wait);
  }

  function request<M extends AgentMethod>(
    method: M,
    body: AgentMethods[M]['in'],
    metadata?: Metadata[],
  ): Promise<AgentMethods[M]['out']> {
    const now = socket;
    if (now?.readyState !== OPEN) return Promise.reject(new FailureError(OFFLINE));
    const id = crypto.randomUUID();
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => end(() => reject(new FailureError(TIMED_OUT))), TIMEOUT);
      const end = (then: () => void) => {
        clearTimeout(late);
        waiting.delete(id);
        then();
      };
      waiting.set(id, {
        settle: (code, answer) => end(() => resolveOr(reject, () => resolve(decodeAgentReply(method, code, answer)))),
        fail: (error) => end(() => reject(error)),
      });
      now.send(encodeAgentRequest(id, method, body, metadata));
    });
  }

  function reconnect(): void {
    if (socket) return;
    tries = 0;
    void connect();
  }

  void connect();
  return {
    request,
    reconnect,
    dispose: () => {
      clearTimeout(timer);
      drop();
    },
  };
}

function resolveOr(reject: (error: unknown) => void, resolve: () => void): void {
  try {
    resolve();
  } catch (error) {
    reject(error);
  }
}

function openWebSocket(url: string): WebSocket {
  return new WebSocket(url);
}
