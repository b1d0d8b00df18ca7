import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A server of this machine, moved away from whoever connects through the relay. */
export interface Relay {
  readonly port: number;
  close(): Promise<void>;
}

/** Passes bytes on in their order, each `delay` ms after they came; the end of one side is the end of the other. */
function carry(from: Socket, to: Socket, delay: number): void {
  from.setNoDelay(true);
  from.on('data', (bytes) => setTimeout(() => to.writable && to.write(bytes), delay));
  from.on('close', () => setTimeout(() => to.destroy(), delay));
  // The close that follows says all there is to know.
  from.on('error', () => {});
}

/** Puts `delay` ms each way between a port of this machine and its clients: a round trip takes twice that. */
export async function startRelay(target: number, delay: number): Promise<Relay> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const service = connect(target, 'localhost');
    for (const socket of [client, service]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    }
    carry(client, service, delay);
    carry(service, client, delay);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
