// Runs a TypeScript file of this repository in Node: `node tools/run.mjs src/sandbox/main.ts --port 8080`.
// Vite's module runner compiles it, so no further loader is needed and Node 20 will do.
import process from 'node:process';
import { runnerImport } from 'vite';

const [file, ...rest] = process.argv.slice(2);
if (!file) throw new Error('usage: node tools/run.mjs FILE [arguments]');
process.argv = [process.argv[0], file, ...rest];
await runnerImport(new URL(file, `file://${process.cwd()}/`).pathname, { configFile: false, logLevel: 'warn' });
