import { request as ask, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import { listen } from '../../src/sandbox/listen.ts';

/**
 * What goes wrong between a page and its store. `share` is of the body's bytes, 0 to 1, that are passed on before.
 * `answer`: the store is never asked. `cut`: the connection ends. `stall`: nothing moves any more; at 1 the store has the
 * whole body and its answer is kept back. `resend`: the request is passed on with other headers.
 */
export type RelayFault =
  | { readonly how: 'answer'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly how: 'cut' | 'stall'; readonly share: number }
  | { readonly how: 'resend'; readonly headers: Readonly<Record<string, string>> };

/** Stands before an object store and passes everything on, but for what is to go wrong. */
export interface Relay {
  readonly url: string;
  /**
   * Requests by this method go wrong for the first `paths` paths that are asked for; a browser that repeats a request by
   * itself meets the same fault again. Returns how to mend it.
   */
  fail(method: 'PUT' | 'HEAD', fault: RelayFault, paths?: number): () => void;
  /** Requests that wait in a stall. */
  stalled(): number;
  /** What has stalled moves on. */
  release(): void;
  /** Ends every connection, as a network that goes. */
  cut(): void;
  close(): Promise<void>;
}

interface Failing {
  readonly method: string;
  readonly fault: RelayFault;
  readonly paths: Set<string>;
  readonly most: number;
}

/** Starts a relay to the store at an origin such as `http://127.0.0.1:8080`. */
export async function startRelay(store: string): Promise<Relay> {
  const failing = new Set<Failing>();
  const waiting = new Set<() => void>();

  function faultFor({ method = '', url = '/', headers }: IncomingMessage): RelayFault | null {
    const [path = ''] = url.split('?');
    const asked = method === 'OPTIONS' ? headers['access-control-request-method'] : method;
    for (const entry of failing) {
      if (entry.method !== asked || (entry.paths.size === entry.most && !entry.paths.has(path))) continue;
      // A preflight goes wrong only where the request after it does by its headers: who asks, for instance.
      if (method === 'OPTIONS' && entry.fault.how !== 'resend') continue;
      entry.paths.add(path);
      return entry.fault;
    }
    return null;
  }

  function stall(): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        waiting.delete(go);
        resolve();
      };
      waiting.add(go);
    });
  }

  function passOn(request: IncomingMessage, response: ServerResponse, fault: RelayFault | null): void {
    const changed = fault?.how === 'resend' ? fault.headers : {};
    const headers = { ...request.headers, host: new URL(store).host, ...changed };
    const { method = 'GET', url = '/' } = request;
    // A connection of its own: one that is used again may be closed by the store in the very moment of a request.
    const further = ask(store + url, { method, headers, agent: false });
    const gone = () => further.destroy();
    response.once('close', gone);
    let answered = false;
    // A store that answers early may end its connection while the body still comes.
    further.on('error', () => answered || response.destroy());
    further.on('response', async (answer) => {
      answered = true;
      if (fault?.how === 'stall' && fault.share === 1) await stall();
      // An answer that comes early is lost to a browser that still sends when the connection ends.
      if (!request.complete) await drained(request);
      // A connection that is used again makes browsers repeat by themselves what is cut on it.
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, connection: 'close' });
      answer.pipe(response);
    });
    const length = Number(request.headers['content-length'] ?? 0);
    if (fault?.how !== 'cut' && (fault?.how !== 'stall' || fault.share === 1)) request.pipe(further);
    else request.pipe(partly(Math.floor(length * fault.share), () => obstacle(fault, request, further))).pipe(further);
  }

  async function obstacle({ how }: { how: 'cut' | 'stall' }, request: IncomingMessage, further: ClientRequest) {
    if (how === 'stall') return stall();
    request.destroy();
    further.destroy();
  }

  const listening = await listen((request, response) => {
    const fault = faultFor(request);
    if (fault?.how === 'answer') return answer(request, response, fault);
    const empty = fault && 'share' in fault && fault.share === 0;
    if (!empty) return passOn(request, response, fault);
    if (fault.how === 'cut') return void request.destroy();
    return void stall().then(() => passOn(request, response, null));
  }, 0);

  return {
    url: `http://localhost:${listening.port}`,
    fail(method, fault, paths = Number.POSITIVE_INFINITY) {
      const entry = { method, fault, paths: new Set<string>(), most: paths };
      failing.add(entry);
      return () => void failing.delete(entry);
    },
    stalled: () => waiting.size,
    release() {
      for (const go of [...waiting]) go();
    },
    cut: () => listening.server.closeAllConnections(),
    close: () => listening.close(),
  };
}

/** The rest of a body, read and thrown away. */
function drained(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    request.unpipe();
    request.once('close', resolve).once('end', resolve).resume();
  });
}

/** A status that the store did not give, told so that the page may read it, as Swift's own errors are (SWIFT §5). */
function answer(
  request: IncomingMessage,
  response: ServerResponse,
  fault: Extract<RelayFault, { how: 'answer' }>,
): void {
  request.resume();
  request.once('end', () => {
    const readable = { 'access-control-allow-origin': request.headers.origin ?? '*', connection: 'close' };
    response.writeHead(fault.status, { ...readable, ...fault.headers }).end();
  });
}

/** Passes `bytes` on, then waits for the obstacle once and passes the rest on. */
function partly(bytes: number, obstacle: () => Promise<void>): Transform {
  let passed = 0;
  let met = false;
  return new Transform({
    async transform(chunk: Buffer, _, done) {
      const room = bytes - passed;
      passed += chunk.length;
      if (met || passed <= bytes) return done(null, chunk);
      met = true;
      this.push(chunk.subarray(0, room));
      await obstacle();
      done(null, chunk.subarray(room));
    },
  });
}
