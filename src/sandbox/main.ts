import { parseArgs } from 'node:util';
import { DEMO_ACCOUNT, DEMO_PASSWORD } from './accounts.ts';
import { type SandboxOptions, startSandbox } from './server.ts';

/** `npm run sandbox -- --port N --store-port M [--swift URL --swift-key K] [--data DIR]`: the services alone. */

const USAGE = `usage: npm run sandbox -- [--port N] [--store-port M] [options]
  --port N          port of the services (default 4600; 0 takes a free one)
  --store-port M    port of the object store (default 4601)
  --swift URL       an OpenStack Swift in the place of the store, such as http://127.0.0.1:8080
  --swift-key K     its temp URL key (also SANDBOX_SWIFT_KEY, which keeps it out of the process list)
  --swift-digest D  sha1 (default) or sha256
  --data DIR        keep accounts, conversations and files in this folder
  --no-agent        no scripted agent
  --survey          a survey follows each conversation (for accounts that --data has not kept yet)`;

function portOf(text: string, flag: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new Error(`${flag} must be a port number, not ${text}`);
  return port;
}

function optionsOf(args: string[]): SandboxOptions {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '4600' },
      'store-port': { type: 'string', default: '4601' },
      swift: { type: 'string' },
      'swift-key': { type: 'string' },
      'swift-digest': { type: 'string', default: 'sha1' },
      data: { type: 'string' },
      'no-agent': { type: 'boolean', default: false },
      survey: { type: 'boolean', default: false },
    },
  });
  const digest = values['swift-digest'];
  if (digest !== 'sha1' && digest !== 'sha256') throw new Error(`--swift-digest must be sha1 or sha256, not ${digest}`);
  const key = values['swift-key'] ?? process.env.SANDBOX_SWIFT_KEY;
  if (values.swift !== undefined && !key) throw new Error('--swift needs --swift-key');
  if (values.swift === undefined && values['swift-key'] !== undefined) throw new Error('--swift-key needs --swift');
  return {
    port: portOf(values.port, '--port'),
    storePort: portOf(values['store-port'], '--store-port'),
    ...(values.swift !== undefined && key ? { swift: { url: values.swift, key, digest } } : {}),
    ...(values.data === undefined ? {} : { data: values.data }),
    agent: !values['no-agent'],
    accounts: [{ id: DEMO_ACCOUNT, survey: values.survey }],
  };
}

async function main(): Promise<void> {
  const options = optionsOf(process.argv.slice(2));
  const sandbox = await startSandbox(options);
  const stop = () => void sandbox.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(`services      http://localhost:${sandbox.port}/api/account/${DEMO_ACCOUNT}/service/baseURI.json`);
  console.log(`object store  ${options.swift?.url ?? `http://localhost:${sandbox.storePort}`}`);
  console.log(
    `faults        curl -d '{"fault":"silence"}' http://localhost:${sandbox.port}/api/account/${DEMO_ACCOUNT}/sandbox/faults`,
  );
  console.log(`agent         agent@example.com / ${DEMO_PASSWORD}`);
  console.log(`administrator admin / ${DEMO_PASSWORD}`);
}

main().catch((error: unknown) => {
  console.error(`sandbox: ${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 1;
});
