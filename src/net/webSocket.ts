import type { OpenSocket } from './ports.ts';

/** The browser's WebSocket behind the port. A refused address reads as a close with 1006, like every other way to fail. */
export const openWebSocket: OpenSocket = (url, listener) => {
  const socket = new WebSocket(url);
  socket.onopen = () => listener.opened();
  socket.onmessage = (event: MessageEvent<unknown>) => listener.received(event.data);
  socket.onclose = (event) => listener.closed(event.code, event.reason);
  return {
    send: (text) => socket.send(text),
    close(code, reason) {
      socket.onopen = null;
      socket.onmessage = null;
      socket.onclose = null;
      socket.close(code, reason);
    },
  };
};
