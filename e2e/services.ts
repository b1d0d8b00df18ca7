import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { listen } from '../src/sandbox/listen.ts';

/** The services in a process of their own, which can die. */
export interface Services {
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
}

export interface ServicesPlace {
  readonly port: number;
  readonly storePort: number;
  /** Folder that outlives the process. */
  readonly data: string;
}

/** Resolves when they answer. */
export async function startServices({ port, storePort, data }: ServicesPlace): Promise<Services> {
  const places = ['--port', String(port), '--store-port', String(storePort), '--data', data];
  const args = ['tools/run.mjs', 'src/sandbox/main.ts', ...places, '--no-agent'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const said = await Promise.race([once(child.stdout, 'data'), ended]);
  if (child.exitCode !== null) throw new Error(`the services ended with ${child.exitCode}: ${String(said[0])}`);
  child.stdout.resume();
  return {
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const listening = await listen(() => {}, 0);
  await listening.close();
  return listening.port;
}
