import { spawn } from 'node:child_process';
import { listen } from '../../../src/sandbox/listen.ts';
import { clean } from './command.ts';
import { PATIENCE } from './visit.ts';

async function freePort(): Promise<number> {
  const { port, close } = await listen((_, response) => response.end(), 0);
  await close();
  return port;
}

async function untilAnswers(origin: string, said: () => string): Promise<void> {
  for (const start = Date.now(); Date.now() - start < PATIENCE; ) {
    const answer = await fetch(origin).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Vite's server does not answer:\n${said()}`);
}

/** Runs the development server of the app, with the app's own Vite, for as long as `act` takes; gives it the origin. */
export async function viteOn(app: string, act: (origin: string) => Promise<void>): Promise<void> {
  const port = await freePort();
  const args = ['node_modules/vite/bin/vite.js', '--host', 'localhost', '--port', String(port), '--strictPort'];
  const server = spawn('node', args, { cwd: app, env: clean });
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (said += String(text)));
  const gone = new Promise((resolve) => server.once('close', resolve));
  const origin = `http://localhost:${port}`;
  try {
    await untilAnswers(origin, () => said);
    await act(origin);
  } finally {
    server.kill();
    await gone;
  }
}
