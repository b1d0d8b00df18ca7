import type { Brand } from './brand.ts';
import { dial } from './dial.ts';

/** A client's side of a socket, in the shape of the house's socket port. */
export interface SocketListener {
  opened(): void;
  received(data: unknown): void;
  closed(code: number, reason: string): void;
}

export interface ClientSocket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

/**
 * Sockets to a brand without a network: the shape of the port that opens real ones, for tests of clients. As on a real
 * socket nothing arrives within the call that caused it, and nothing after the end. While a socket is silent (half-open)
 * its own closing comes to no end either.
 */
export function inMemorySockets(brand: Brand): (url: string, listener: SocketListener) => ClientSocket {
  return (url, listener) => {
    let over = false;
    let deaf = false;
    const later = (deliver: () => void) =>
      queueMicrotask(() => {
        if (!over) deliver();
      });
    const end = (code: number, reason: string) =>
      later(() => {
        over = true;
        listener.closed(code, reason);
      });
    const deafen = () => {
      deaf = true;
    };
    if (brand.refusing()) {
      end(1006, '');
      return { send() {}, close() {} };
    }
    later(() => listener.opened());
    const connect = dial(brand, new URL(url).pathname);
    const connection = connect?.({ send: (text) => later(() => listener.received(text)), close: end, deafen });
    if (!connection) end(1006, '');
    return {
      send: (text) =>
        later(() => {
          connection?.receive(text);
        }),
      close(code, reason) {
        if (deaf) return;
        connection?.closed();
        end(code, reason);
      },
    };
  };
}
