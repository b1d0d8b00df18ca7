import process from 'node:process';
import { createServer } from 'vite';
import { startSwift } from '../e2e/swift/swift.ts';

/** `npm start`: the brand page, the agent console and the sandbox. `--swift` puts a real OpenStack Swift behind them. */
const args = process.argv.slice(2);
const unknown = args.find((arg) => arg !== '--swift');
if (unknown !== undefined) {
  console.error(`npm start knows only "-- --swift", not "${unknown}".`);
  process.exit(2);
}

const ACCOUNT = '12345678';
const ORIGINS = ['http://localhost:5173', 'http://127.0.0.1:5173'];

async function withSwift() {
  const swift = await startSwift({ port: 5174, origins: ORIGINS, key: 'attache-demo-key', containers: [ACCOUNT] });
  process.env.ATTACHE_SWIFT_URL = 'http://localhost:5174';
  process.env.ATTACHE_SWIFT_KEY = swift.key;
  return swift;
}

const swift = args.includes('--swift') ? await withSwift() : null;
const server = await createServer();
await server.listen();

const origin = 'http://localhost:5173';
console.log(`
  Brand page      ${origin}/
  Agent console   ${origin}/agent/
  Theme           ${origin}/theme/
  Sandbox         ${origin}/api/account/${ACCOUNT}/service/baseURI.json
  Object store    http://localhost:5174${swift ? ' (OpenStack Swift)' : ''}

  Press Ctrl-C to stop.
`);

async function stop(): Promise<void> {
  await server.close();
  await swift?.stop();
  process.exit(0);
}
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
