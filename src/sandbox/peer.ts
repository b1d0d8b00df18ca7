import { WebSocket } from 'ws';
import { arrayOf, field, type Json, objectOf, stringOf } from '../protocol/read.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from './server.ts';

/** A bare client on a real WebSocket, for tests of the sandbox: frames as they are, nothing understood. */

export interface Peer {
  /** Every frame received, oldest first. */
  readonly frames: readonly Json[];
  /** Sends a request and returns its id. */
  send(type: string, body?: unknown, extra?: object): string;
  /** Sends a request and waits for its answer. */
  ask(type: string, body?: unknown, extra?: object): Promise<Json>;
  raw(text: string): void;
  /** The first frame, of those received and those to come, that fits; each is given out once. */
  next(fits: (frame: Json) => boolean): Promise<Json>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  /** Closes the socket. */
  leave(): Promise<void>;
}

export async function openPeer(url: string, headers: Record<string, string> = {}): Promise<Peer> {
  const socket = new WebSocket(url, { headers });
  const frames: Json[] = [];
  const unread: Json[] = [];
  let waiting: { fits(frame: Json): boolean; found(frame: Json): void }[] = [];
  let id = 0;

  socket.on('message', (data: Buffer) => {
    const frame = objectOf(JSON.parse(data.toString())) ?? {};
    frames.push(frame);
    const reader = waiting.find(({ fits }) => fits(frame));
    waiting = waiting.filter((other) => other !== reader);
    if (reader) reader.found(frame);
    else unread.push(frame);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });

  function next(fits: (frame: Json) => boolean): Promise<Json> {
    const found = unread.findIndex(fits);
    const [frame] = found < 0 ? [] : unread.splice(found, 1);
    return frame
      ? Promise.resolve(frame)
      : new Promise((resolve) => {
          waiting.push({ fits, found: resolve });
        });
  }

  function send(type: string, body?: unknown, extra: object = {}): string {
    id += 1;
    socket.send(JSON.stringify({ kind: 'req', id: String(id), type, body, ...extra }));
    return String(id);
  }

  return {
    frames,
    send,
    ask(type, body, extra) {
      const asked = send(type, body, extra);
      return next((frame) => String(frame.reqId) === asked);
    },
    raw: (text) => socket.send(text),
    next,
    closed,
    async leave() {
      socket.close();
      await closed;
    },
  };
}

/** A notification whose type ends like this. */
export function notification(suffix: string): (frame: Json) => boolean {
  return (frame) => frame.kind === 'notification' && (stringOf(frame.type) ?? '').endsWith(suffix);
}

/** A message notification that carries an event of this type, or of any. */
export function carrying(type?: string): (frame: Json) => boolean {
  return (frame) =>
    notification('MessagingEventNotification')(frame) &&
    changesOf(frame).some((change) => type === undefined || field(change.event, 'type') === type);
}

/** The changes of a notification. */
export function changesOf(frame: Json): Json[] {
  return arrayOf(field(frame.body, 'changes')).map((change) => objectOf(change) ?? {});
}

export const ACCOUNT = '12345678';

/** A sandbox on free ports, without the scripted agent unless it is asked for, and ways into it. */
export async function startTestSandbox(options: Partial<SandboxOptions> = {}) {
  const sandbox: Sandbox = await startSandbox({ port: 0, storePort: 0, agent: false, ...options });
  const http = `http://localhost:${sandbox.port}`;
  const socket = `ws://localhost:${sandbox.port}/ws_api/account/${ACCOUNT}/messaging`;

  async function post(path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(`${http}/api/account/${ACCOUNT}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: objectOf(await response.json()) ?? {} };
  }

  return {
    ...sandbox,
    http,
    post,
    /** A consumer's socket, not greeted. */
    strange: () => openPeer(`${socket}/consumer?v=3`),
    /** A greeted consumer; the same `sub` is the same person. */
    async consumer(sub?: string, features?: readonly string[]): Promise<Peer> {
      const peer = await openPeer(`${socket}/consumer?v=3`);
      await greet(peer, sandbox.brand.consumerToken(ACCOUNT, sub === undefined ? {} : { sub }), features);
      return peer;
    },
    agent: (login = 'agent@example.com') =>
      openPeer(`${socket}/brand/${sandbox.brand.signIn(ACCOUNT, login, 'demo')}?v=2.1`),
  };
}

export function greet(peer: Peer, jwt: string, features: readonly string[] = []): Promise<Json> {
  const properties = { type: '.ams.headers.ClientProperties', features };
  const headers = [properties, { type: '.ams.headers.ConsumerAuthentication', jwt }];
  return peer.ask('InitConnection', undefined, { headers });
}

/** Opens a conversation and listens to its main dialog; its id. */
export async function converse(peer: Peer): Promise<string> {
  const answer = await peer.ask('cm.ConsumerRequestConversation', { channelType: 'MESSAGING', brandId: ACCOUNT });
  const id = String(field(answer.body, 'conversationId'));
  await peer.ask('ms.SubscribeMessagingEvents', { fromSeq: 0, dialogId: id, conversationId: id });
  await peer.next(notification('MessagingEventNotification'));
  return id;
}

export function text(message: string) {
  return { type: 'ContentEvent', contentType: 'text/plain', message };
}

export function publish(peer: Peer, dialogId: string, event: object, extra?: object): Promise<Json> {
  return peer.ask('ms.PublishEvent', { dialogId, conversationId: dialogId, event }, extra);
}
