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
  /** Kept as they are and read when somebody asks: reading them meanwhile would be counted as the widget's work. */
  const frames: { text: string; leaves: boolean }[] = [];
  let sent = 0;
  let newest = Number.NaN;
  let publish: string | null = null;

  function read({ text, leaves }: { text: string; leaves: boolean }): void {
    const { kind, id, reqId, type } = JSON.parse(text) as Record<string, string>;
    if (leaves) {
      if (type === 'ms.PublishEvent' && text.includes('"ContentEvent"')) publish = text;
      unanswered.add(String(id));
    } else if (kind === 'resp') unanswered.delete(String(reqId));
  }
  function readAll(): void {
    for (const frame of frames.splice(0)) read(frame);
  }

  window.WebSocket = new Proxy(Native, {
    construct(target, given: [string]) {
      newest = performance.now();
      const socket = new target(...given);
      const send = socket.send.bind(socket);
      const forget = () => {
        readAll();
        unanswered.clear();
      };
      forget();
      socket.send = (data) => {
        sent += 1;
        frames.push({ text: String(data), leaves: true });
        send(data);
      };
      socket.addEventListener('close', forget);
      socket.addEventListener('message', ({ data }) => frames.push({ text: String(data), leaves: false }));
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
    unanswered() {
      readAll();
      return unanswered.size;
    },
    newestBegan: () => newest,
    lastPublish() {
      readAll();
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
