/** Watches the page's WebSockets, and measures bare ones that only the probe knows of. All times are `performance.now()`. */
export interface SocketsProbe {
  sent(): number;
  /** Requests without an answer. */
  unanswered(): number;
  /** When the newest socket began to connect. */
  newestBegan(): number;
  /** The newest frame that published content. */
  lastPublish(): string;
  /** Ms to open a socket to this address. */
  connect(url: string): Promise<number>;
  /** Ms for a frame to an echoing address and back, on one socket that is kept. */
  roundTrip(url: string, frame: string): Promise<number>;
}

/** Runs in the page before anything else does; sees nothing of this module but itself. */
export function installSockets(): void {
  const Native = window.WebSocket;
  const unanswered = new Set<string>();
  const bare = new Map<string, Promise<WebSocket>>();
  let sent = 0;
  let newest = Number.NaN;
  let publish: string | null = null;

  function leaving(text: string): void {
    sent += 1;
    const frame = JSON.parse(text) as { id: string; type: string };
    if (frame.type === 'ms.PublishEvent' && text.includes('"ContentEvent"')) publish = text;
    unanswered.add(String(frame.id));
  }
  function arriving(text: string): void {
    const { kind, reqId } = JSON.parse(text) as { kind: string; reqId?: string | number };
    if (kind === 'resp') unanswered.delete(String(reqId));
  }

  window.WebSocket = new Proxy(Native, {
    construct(target, given: [string]) {
      newest = performance.now();
      unanswered.clear();
      const socket = new target(...given);
      const send = socket.send.bind(socket);
      socket.send = (data) => {
        leaving(String(data));
        send(data);
      };
      socket.addEventListener('close', () => unanswered.clear());
      socket.addEventListener('message', ({ data }) => arriving(String(data)));
      return socket;
    },
  });

  function opened(url: string): Promise<WebSocket> {
    const socket = new Native(url);
    return new Promise((resolve, reject) => {
      socket.onopen = () => resolve(socket);
      socket.onerror = () => reject(new Error(`no socket to ${url}`));
    });
  }

  const probe: SocketsProbe = {
    sent: () => sent,
    unanswered: () => unanswered.size,
    newestBegan: () => newest,
    lastPublish() {
      if (publish === null) throw new Error('nothing has been published');
      return publish;
    },
    async connect(url) {
      const began = performance.now();
      const socket = await opened(url);
      const took = performance.now() - began;
      socket.close();
      return took;
    },
    async roundTrip(url, frame) {
      const opening = bare.get(url) ?? opened(url);
      bare.set(url, opening);
      const socket = await opening;
      return new Promise((resolve) => {
        let began = 0;
        socket.onmessage = () => resolve(performance.now() - began);
        began = performance.now();
        socket.send(frame);
      });
    },
  };
  Object.assign(window, { socketsProbe: probe });
}
