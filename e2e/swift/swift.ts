import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
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

export interface Swift {
  /** Origin of the proxy, such as `http://127.0.0.1:20000`. */
  readonly url: string;
  readonly key: string;
  /** The account whose key signs: paths begin with `/v1/{account}/`. */
  readonly account: string;
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
  const { url, data } = await readiness(child, ended);
  // A killed launcher cannot clear up after itself.
  const cleared = ended.then(() => (dataDir === null ? rm(data, { recursive: true, force: true }) : undefined));
  const stop = async () => {
    child.stdin.end();
    const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    await cleared;
    clearTimeout(late);
  };
  return { url, key, account: ACCOUNT, stop };
}

/** The launcher's one line of JSON; rejects with what it wrote to standard error where it ends instead. */
async function readiness(child: ChildProcess, ended: Promise<void>): Promise<{ url: string; data: string }> {
  let out = '';
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const line = new Promise<string>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('\n')) resolve(out);
    });
  });
  const late = setTimeout(() => child.kill('SIGTERM'), PATIENCE);
  const first = await Promise.race([line, ended]);
  clearTimeout(late);
  if (first === undefined) throw new Error(complaints.trim() || 'OpenStack Swift ended before it was up');
  return JSON.parse(first);
}
