import { spawnSync } from 'node:child_process';
import process from 'node:process';

/** Where and in which surroundings a command runs. */
export interface Place {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Vite's runner has set NODE_ENV for this process; what is checked here must find out for itself. */
const { NODE_ENV: _, ...env } = process.env;
export const clean = env;

/** Runs a command and returns what it wrote. Throws with its whole output when it ends badly. */
export function run(command: string, args: readonly string[], { cwd, env: more }: Place): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...clean, ...more },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}\n${stderr}`);
  return stdout;
}
