import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Debian's own interpreter: python3-swift is not seen by any other. */
const PYTHON = '/usr/bin/python3';
const LAUNCHER = fileURLToPath(new URL('launcher.py', import.meta.url));
/** Ms that a start or a stop may take. A start takes about 1 s, and some 5 s on a busy machine. */
const PATIENCE = 90_000;

export interface SwiftOptions {
  /** First of four consecutive ports on 127.0.0.1; any free ones where it is left out. */
  readonly port?: number;
  /** Exact origins whose pages may read answers, without a trailing slash. `*` is every one. */
  readonly origins: readonly string[];
  /** Signs temporary URLs; at most 256 characters. */
  readonly key: string;
  /** Containers to make. LivePerson has one for each account, named by its id. */
  readonly containers: readonly string[];
  /** Folder to keep data in; a temporary one, removed at stop, where it is left out. */
  readonly dataDir?: string;
}

/** The servers behind the proxy. */
export type SwiftServer = 'object' | 'container' | 'account';

export interface Swift {
  /** Origin of the proxy, such as `http://127.0.0.1:20000`. */
  readonly url: string;
  readonly key: string;
  /** The account whose key signs: paths begin with `/v1/{account}/`. */
  readonly account: string;
  /** Ends one of the servers as a crash would, and starts it again; both settle when that is done. */
  kill(server: SwiftServer): Promise<void>;
  revive(server: SwiftServer): Promise<void>;
  /** Ends every server and removes temporary data. Calling it again does nothing more. */
  stop(): Promise<void>;
}

const ACCOUNT = 'AUTH_async-images';

/** True where a real Swift can be started here, else why not, in one line. */
export function swiftAvailable(): true | string {
  const advice = 'install it by `apt-get install --no-install-recommends python3-swift` (Debian, Ubuntu)';
  if (process.platform !== 'linux') return `OpenStack Swift runs on Linux only, this is ${process.platform}`;
  if (!existsSync(PYTHON)) return `no ${PYTHON}, so no OpenStack Swift: ${advice}`;
  const probe = spawnSync(PYTHON, ['-I', '-c', 'import swift.common.utils, eventlet'], { timeout: PATIENCE });
  return probe.status === 0 ? true : `OpenStack Swift is not installed: ${advice}`;
}

/**
 * Starts a real OpenStack Swift on loopback and waits until it answers. Rejects with one line saying why it cannot.
 * It ends with this process, however that ends: its standard input is the lifeline.
 */
export async function startSwift(options: SwiftOptions): Promise<Swift> {
  const available = swiftAvailable();
  if (available !== true) throw new Error(available);
  const { port = 0, origins, key, containers, dataDir = null } = options;
  const child = spawn(PYTHON, ['-I', LAUNCHER], { stdio: ['pipe', 'pipe', 'pipe'] });
  // A launcher that ends early leaves a broken pipe, and its own words say why.
  child.stdin.on('error', () => {});
  child.stdin.write(`${JSON.stringify({ port, origins, key, account: ACCOUNT, containers, data: dataDir })}\n`);
  const ended = new Promise<void>((resolve, reject) => child.once('close', () => resolve()).once('error', reject));
  const lines = linesOf(child, ended);
  const { url, data } = JSON.parse(await lines.next());
  // A killed launcher cannot clear up after itself.
  const cleared = ended.then(() => (dataDir === null ? rm(data, { recursive: true, force: true }) : undefined));
  const stop = async () => {
    child.stdin.end();
    const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    await cleared;
    clearTimeout(late);
  };
  const tell = async (order: string) => {
    child.stdin.write(`${order}\n`);
    if (JSON.parse(await lines.next()).done !== order) throw new Error(`the launcher did not ${order}`);
  };
  return {
    url,
    key,
    account: ACCOUNT,
    kill: (server) => tell(`kill ${server}`),
    revive: (server) => tell(`revive ${server}`),
    stop,
  };
}

/** What the launcher says, line by line; `next` rejects with what it wrote to standard error where it ends instead. */
function linesOf(child: ChildProcess, ended: Promise<void>): { next(): Promise<string> } {
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const said: string[] = [];
  let heard = () => {};
  if (child.stdout) {
    createInterface(child.stdout).on('line', (line) => {
      said.push(line);
      heard();
    });
  }
  return {
    async next() {
      const line = new Promise<void>((resolve) => {
        heard = resolve;
        if (said.length > 0) resolve();
      });
      const late = setTimeout(() => child.kill('SIGTERM'), PATIENCE);
      await Promise.race([line, ended]);
      clearTimeout(late);
      const first = said.shift();
      if (first === undefined) throw new Error(complaints.trim() || 'OpenStack Swift ended before it was up');
      return first;
    },
  };
}
