import { spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { createServer, type Server } from 'node:tls';
import { makeCertificate } from './certificate.ts';

/** One JSON line of `agent.mjs`. */
export interface AgentEvent {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** LivePerson's own library, at work as the agent. */
export interface SdkAgent {
  do(command: { do: string; [field: string]: unknown }): void;
  /** The first event not yet taken that fits; waits for it. */
  next(event: string, fits?: (event: AgentEvent) => boolean): Promise<AgentEvent>;
  stop(): Promise<void>;
}

const PATIENCE = 30_000;

/** The library insists on TLS, so a front of it stands before the sandbox's plain port. */
async function tlsFront(
  port: number,
  certificate: { key: string; cert: string },
): Promise<{ server: Server; port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer(certificate, (outer) => {
    const inner = connect(port, 'localhost');
    sockets.add(inner);
    outer.pipe(inner).pipe(outer);
    for (const [one, other] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the TLS front has no port');
  return {
    server,
    port: address.port,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Starts the agent against a sandbox on `port` and waits until it is connected. */
export async function startSdkAgent(port: number): Promise<SdkAgent> {
  const certificate = makeCertificate();
  const front = await tlsFront(port, certificate);
  const child = spawn(process.execPath, ['agent.mjs', '--host', `localhost:${front.port}`, '--store', 'http'], {
    cwd: 'e2e/agent-sdk',
    env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate.certFile, AGENT_PASSWORD: 'demo' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const events: AgentEvent[] = [];
  const said: string[] = [];
  let wake = () => {};
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push(JSON.parse(line) as AgentEvent);
    wake();
  });

  const agent: SdkAgent = {
    do: (command) => child.stdin.write(`${JSON.stringify(command)}\n`),
    async next(name, fits = () => true) {
      const until = Date.now() + PATIENCE;
      for (;;) {
        const at = events.findIndex((event) => event.event === name && fits(event));
        const [found] = at < 0 ? [] : events.splice(at, 1);
        if (found) return found;
        if (Date.now() > until || child.exitCode !== null) {
          throw new Error(`no "${name}" from the agent; it said ${JSON.stringify(events)} ${said.join('')}`);
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, 250);
        });
      }
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill();
      await ended;
      front.close();
      certificate.dispose();
    },
  };
  await agent.next('connected');
  return agent;
}
