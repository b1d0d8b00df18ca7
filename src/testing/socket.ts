import type { OpenSocket, SocketListener } from '../net/ports.ts';

interface Request {
  readonly id: string;
  readonly type: string;
  readonly body?: Record<string, unknown>;
  readonly headers?: readonly Record<string, unknown>[];
  readonly metadata?: readonly Record<string, unknown>[];
}

/** One socket that a test plays the service on, transcript style: `next()`, then `answer`. */
export interface FakeSocket {
  readonly url: string;
  readonly closedWith: { code: number } | null;
  opens(): void;
  /** The next request in order. Throws when nothing was sent. */
  next(type?: string): Request;
  /** Requests not yet taken by `next`. */
  waiting(): readonly string[];
  answer(request: Request, body?: unknown, code?: number): void;
  notify(type: string, body: unknown): void;
  says(data: unknown): void;
  drops(code?: number): void;
}

/** An `OpenSocket` whose sockets are collected for the test. */
export function fakeSockets(): { open: OpenSocket; sockets: FakeSocket[] } {
  const sockets: FakeSocket[] = [];
  const open: OpenSocket = (url, listener: SocketListener) => {
    const sent: Request[] = [];
    let closedWith: { code: number } | null = null;
    const says = (data: unknown) => listener.received(data);
    sockets.push({
      url,
      get closedWith() {
        return closedWith;
      },
      opens: () => listener.opened(),
      next(type) {
        const request = sent.shift();
        if (!request) throw new Error(`nothing was sent${type ? `, expected ${type}` : ''}`);
        if (type && request.type !== type) throw new Error(`${request.type} was sent, expected ${type}`);
        return request;
      },
      waiting: () => sent.map(({ type }) => type),
      answer: (request, body, code = 200) => says(JSON.stringify({ kind: 'resp', reqId: request.id, code, body })),
      notify: (type, body) => says(JSON.stringify({ kind: 'notification', type, body })),
      says,
      drops: (code = 1006) => listener.closed(code, ''),
    });
    return {
      send: (text) => {
        if (closedWith) throw new Error('sent on a closed socket');
        sent.push(JSON.parse(text) as Request);
      },
      close: (code) => {
        closedWith = { code };
      },
    };
  };
  return { open, sockets };
}
