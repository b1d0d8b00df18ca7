import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Brand } from './brand.ts';
import { dial } from './dial.ts';
import { isServicePath } from './http.ts';
import type { Connection, Wire } from './line.ts';
import type { HttpAnswer } from './route.ts';

/** The brand service on a Node server: any server's requests and upgrades can be handed to it. */
export interface Services {
  /** True when the request was one for the services and is being answered. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** True when the upgrade was one for the services' sockets and is being carried out. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): void;
}

export interface AttachOptions {
  readonly brand: Brand;
  /** Host (with port) of the object store for whoever came to the services by this host name. */
  swiftHost(servicesHost: string): string;
}

/** Bytes. No request of the services is nearly as long. */
const MAX_BODY = 65_536;
/** Bytes of one socket frame; previews are at most 30 kB. */
const MAX_FRAME = 1_048_576;

const HOST = /^(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/i;

function addressOf(request: IncomingMessage): URL | null {
  try {
    return new URL(request.url ?? '/', 'http://services');
  } catch {
    return null;
  }
}

function write(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, { ...headers, 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(text);
}

/** The JSON body; `too long` and `malformed` say what is wrong with it. */
async function readBody(request: IncomingMessage): Promise<{ json: unknown } | 'too long' | 'malformed'> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    // Read to its end even so: leaving early would cut the connection that the answer goes back on.
    length += chunk.length;
    if (length <= MAX_BODY) chunks.push(chunk);
  }
  if (length > MAX_BODY) return 'too long';
  const text = Buffer.concat(chunks).toString();
  if (text.trim() === '') return { json: undefined };
  try {
    return { json: JSON.parse(text) };
  } catch {
    return 'malformed';
  }
}

function single(headers: IncomingMessage['headers']): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

async function answer(options: AttachOptions, request: IncomingMessage, address: URL): Promise<HttpAnswer> {
  const host = request.headers.host ?? '';
  const plain = (status: number, error: string): HttpAnswer => ({
    status,
    headers: { 'access-control-allow-origin': '*', connection: 'close' },
    body: { error },
  });
  if (!HOST.test(host)) return plain(400, 'The Host header is malformed');
  const body = await readBody(request);
  if (body === 'too long') return plain(413, 'The request is too long');
  if (body === 'malformed') return plain(400, 'The request is not JSON');
  return options.brand.http(
    {
      method: request.method ?? 'GET',
      path: address.pathname,
      query: address.searchParams,
      headers: single(request.headers),
      body: body.json,
    },
    { services: host, swift: options.swiftHost(host) },
  );
}

function wireOf(socket: WebSocket): Wire {
  return {
    send: (text) => socket.send(text),
    close(code, reason) {
      // A socket that is not read could not finish closing.
      if (socket.isPaused) socket.resume();
      if (code === 1006) socket.terminate();
      else socket.close(code, reason);
    },
    deafen: () => socket.pause(),
  };
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return data instanceof ArrayBuffer ? Buffer.from(data).toString() : data.toString();
}

function bind(socket: WebSocket, connection: Connection): void {
  socket.on('message', (data) => connection.receive(textOf(data)));
  socket.on('ping', () => connection.pinged());
  socket.on('close', () => connection.closed());
  // A broken frame also closes the socket, which is all that matters here.
  socket.on('error', () => connection.closed());
}

/** `Authorization: jwt {token}`, as clients outside browsers may send it (PROTOCOL §3). */
function jwtOf(request: IncomingMessage): string | null {
  return /^jwt\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

export function attach(options: AttachOptions): Services {
  const { brand } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME });

  return {
    handle(request, response) {
      const address = addressOf(request);
      if (!address || !isServicePath(address.pathname)) return false;
      answer(options, request, address).then(
        (given) => write(response, given),
        // The request broke off, or a fault of the sandbox itself: then it must be seen.
        (error: unknown) => {
          if (!request.destroyed) console.error(error);
          if (!response.headersSent) write(response, { status: 500, headers: {}, body: { error: 'Internal error' } });
        },
      );
      return true;
    },
    upgrade(request, socket, head) {
      const connect = dial(brand, addressOf(request)?.pathname ?? '');
      if (!connect) return false;
      if (brand.refusing()) {
        socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
        return true;
      }
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        const connection = connect(wireOf(webSocket), jwtOf(request));
        if (connection) bind(webSocket, connection);
        else webSocket.close(1008, 'unknown account');
      });
      return true;
    },
    close() {
      brand.close();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
