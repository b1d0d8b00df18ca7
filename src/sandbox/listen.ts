import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';

/** PEM texts. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface Listening {
  readonly port: number;
  readonly server: Server;
  close(): Promise<void>;
}

/** Starts a server on a port of this machine (0 takes a free one). Rejects when the port is taken, and says so. */
export async function listen(listener: RequestListener, port: number, tls?: Certificate): Promise<Listening> {
  const server = tls ? createHttps(tls, listener) : createHttp(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken: choose another one`) : error);
    });
    // Without a host Node listens on both loopbacks: "localhost" is ::1 to some clients and 127.0.0.1 to others.
    server.listen(port, () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
