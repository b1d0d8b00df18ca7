import { WebSocket } from 'ws';
import { clientProperties } from '../net/clientProperties.ts';
import { browserClock } from '../net/clock.ts';
import { createRequests } from '../net/requests.ts';
import { decode } from '../protocol/decode.ts';
import { DROPPED, FailureError, refused } from '../protocol/failure.ts';
import type { Method, Methods } from '../protocol/methods.ts';
import { PATIENCE } from './http.ts';

/** One greeted consumer socket. */
export interface Messaging {
  /** Rejects with FailureError after 10 s at the latest. */
  request<M extends Method>(method: M, body: Methods[M]['in']): Promise<Methods[M]['out']>;
  close(): void;
}

/** Resolves when open; rejects with FailureError: refused where the handshake was answered by HTTP, dropped otherwise. */
function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      reject(new FailureError(refused(response.statusCode ?? 500, response.statusMessage ?? '')));
    });
    socket.on('error', () => reject(new FailureError(DROPPED)));
  });
}

/** Opens the consumer socket and greets (PROTOCOL §3). `origin` is sent as a browser would. Rejects with FailureError. */
export async function openMessaging(url: string, jwt: string, origin: string | null): Promise<Messaging> {
  const socket = new WebSocket(url, { handshakeTimeout: PATIENCE, ...(origin === null ? {} : { origin }) });
  const requests = createRequests(browserClock());
  socket.on('message', (data, isBinary) => {
    const frame = decode(isBinary ? null : String(data));
    if (frame.kind === 'response') requests.answer(frame.reqId, frame.code, frame.body);
  });
  socket.on('close', () => requests.dropAll(DROPPED));
  await opened(socket);
  const line = { send: (text: string) => socket.send(text), close: () => socket.close() };
  try {
    const properties = clientProperties(process.platform, Intl.DateTimeFormat().resolvedOptions().timeZone, 'doctor');
    const headers = [properties, { type: '.ams.headers.ConsumerAuthentication' as const, jwt }];
    await requests.send(line, 'InitConnection', undefined, { headers });
  } catch (error) {
    socket.terminate();
    throw error;
  }
  return {
    request: (method, body) => requests.send(line, method, body),
    close: () => socket.close(1000),
  };
}
