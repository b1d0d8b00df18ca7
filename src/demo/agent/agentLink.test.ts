import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AgentLink, type LinkListener, type LinkStatus, startAgentLink } from './agentLink.ts';

const ACCOUNT = { domainApi: 'http://brand.example', account: '1', username: 'ann', password: 'secret' };
const DOMAINS = ['agentVep', 'asyncMessagingEnt', 'swift'].map((service) => ({
  service,
  baseURI: `${service}.example`,
}));

/** A WebSocket whose far end is the test. */
function fakeSocket(url: string) {
  const socket = { url, readyState: 1, sent: [] as string[], send: (text: string) => socket.sent.push(text) };
  return Object.assign(socket, {
    close: vi.fn(),
    onopen: null,
    onmessage: null,
    onclose: null,
  } as unknown as WebSocket);
}
type Fake = ReturnType<typeof fakeSocket>;

let login: () => Response;
let sockets: Fake[];
let statuses: LinkStatus['at'][];
let link: AgentLink;
const heard = { online: vi.fn(), messages: vi.fn(), conversations: vi.fn() } satisfies Omit<LinkListener, 'status'>;

function start(): void {
  const open = (url: string) => {
    const socket = fakeSocket(url);
    sockets.push(socket);
    return socket as unknown as WebSocket;
  };
  link = startAgentLink(ACCOUNT, { ...heard, status: (status) => statuses.push(status.at) }, open);
}

function lastSocket(): Fake {
  const socket = sockets.at(-1);
  if (!socket) throw new Error('no socket was opened');
  return socket;
}

const arrive = (socket: Fake, frame: unknown) =>
  socket.onmessage?.({ data: JSON.stringify(frame) } as MessageEvent<string>);

async function online(): Promise<Fake> {
  start();
  await vi.advanceTimersByTimeAsync(0);
  lastSocket().onopen?.(new Event('open'));
  return lastSocket();
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  sockets = [];
  statuses = [];
  login = () => Response.json({ bearer: 'B/1', config: { userId: '7', userPid: 'pid' } });
  vi.stubGlobal('fetch', async (url: string) =>
    url.includes('/login') ? login() : Response.json({ baseURIs: DOMAINS }),
  );
});

afterEach(() => {
  link.dispose();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the agent link', () => {
  it('signs in and opens the agent socket with the bearer in its path', async () => {
    const socket = await online();
    expect(socket.url).toBe('ws://asyncMessagingEnt.example/ws_api/account/1/messaging/brand/B%2F1?v=2.1');
    expect(statuses).toEqual(['connecting', 'online']);
    expect(heard.online.mock.calls[0]?.[1]).toEqual({
      socket: 'ws://asyncMessagingEnt.example',
      swift: 'http://swift.example',
    });
  });

  it('matches answers to requests, and turns a refusal into a failure', async () => {
    const socket = await online();
    const good = link.request('.GetClock', {});
    const bad = link.request('.ams.ms.QueryMessages', { dialogId: 'D', newerThanSequence: 0 });
    const [first, second] = socket.sent.map((text) => JSON.parse(text) as { id: string });
    arrive(socket, { kind: 'resp', reqId: second?.id, code: 400, body: 'no such dialog' });
    arrive(socket, { kind: 'resp', reqId: first?.id, code: 200, body: { currentTime: 5 } });
    await expect(good).resolves.toEqual({ at: 5 });
    await expect(bad).rejects.toMatchObject({ failure: { kind: 'refused', code: 400, message: 'no such dialog' } });
  });

  it('rejects at once while there is no connection', async () => {
    start();
    await expect(link.request('.GetClock', {})).rejects.toMatchObject({ failure: { kind: 'offline' } });
  });

  it('connects again after a loss, fails what was under way, and hears nothing more from the old socket', async () => {
    const old = await online();
    const late = { kind: 'notification', type: '.ams.aam.ExConversationChangeNotification', body: { changes: [] } };
    const request = link.request('.GetClock', {});
    const { onclose, onmessage } = old;
    onclose?.call(old, {} as CloseEvent);
    await expect(request).rejects.toMatchObject({ failure: { kind: 'dropped' } });
    onmessage?.call(old, { data: JSON.stringify(late) } as MessageEvent);
    onclose?.call(old, {} as CloseEvent);
    expect(heard.conversations).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sockets).toHaveLength(2);
    lastSocket().onopen?.(new Event('open'));
    expect(statuses).toEqual(['connecting', 'online', 'waiting', 'connecting', 'online']);
  });

  it('takes a socket that does not answer for lost', async () => {
    const socket = await online();
    await vi.advanceTimersByTimeAsync(40_000);
    expect(socket.sent.map((text) => (JSON.parse(text) as { type: string }).type)).toEqual(['.GetClock']);
    expect(socket.close).toHaveBeenCalled();
    expect(statuses.at(-1)).toBe('waiting');
  });

  it('gives up when the service refuses the agent, and goes on trying while it is out of reach', async () => {
    login = () => Response.json({ error: 'bad password' }, { status: 401 });
    start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(statuses).toEqual(['connecting', 'refused']);
    link.dispose();
    statuses = [];
    login = () => new Response('starting', { status: 502 });
    start();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(statuses).toEqual(['connecting', 'waiting', 'connecting', 'waiting', 'connecting', 'waiting']);
  });
});
