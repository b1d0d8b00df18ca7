import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { GROUPS } from './groups.ts';
import { isKept, RUNS } from './metric.ts';
import { asJson, asText, type Findings, withTable } from './report.ts';

/**
 * `npm run bench [-- GROUP…] [-- --json FILE]`: measures the built files in a real browser. What is measured and how is
 * in docs/performance.md. Ends with 0 whatever the figures are, unless `--gate` asks for 1 where a bound is not kept.
 */
const PAGE = 'docs/performance.md';
const USAGE = `npm run bench [-- GROUP…] [-- --json FILE] [-- --gate] [-- --write]
groups: ${GROUPS.map(({ name }) => name).join(', ')}`;

function readOptions() {
  const { values, positionals } = parseArgs({
    // npm keeps every "--" but the first.
    args: process.argv.slice(2).filter((arg) => arg !== '--'),
    allowPositionals: true,
    options: { json: { type: 'string' }, gate: { type: 'boolean' }, write: { type: 'boolean' } },
  });
  const stranger = positionals.find((name) => !GROUPS.some((group) => group.name === name));
  if (stranger !== undefined) throw new TypeError(`there is no group "${stranger}"`);
  const groups = positionals.length === 0 ? GROUPS : GROUPS.filter(({ name }) => positionals.includes(name));
  return { groups, json: values.json ?? null, gate: values.gate === true, write: values.write === true };
}

function machine(): string {
  const day = new Date().toISOString().slice(0, 10);
  const model = cpus()[0]?.model.trim() || 'unknown processor';
  return `${day}, ${availableParallelism()} × ${model}, ${process.platform} ${release()}, Node ${process.versions.node}, ${RUNS} runs`;
}

async function main(options: ReturnType<typeof readOptions>): Promise<void> {
  const findings: Findings[] = [];
  for (const group of options.groups) {
    const metrics = await group.measure((line) => console.error(`${group.name}: ${line}`));
    findings.push({ group: group.name, metrics });
  }
  console.log(`\n${machine()}\n\n${asText(findings)}`);
  if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(asJson(findings), null, 2)}\n`);
  if (options.write) {
    const text = findings.reduce((page, found) => withTable(page, found, machine()), readFileSync(PAGE, 'utf8'));
    writeFileSync(PAGE, text);
  }
  const over = findings.some(({ metrics }) => metrics.some((metric) => isKept(metric) === false));
  process.exitCode = options.gate && over ? 1 : 0;
}

function complain(error: unknown, code: number): void {
  console.error(error instanceof Error && code === 2 ? `${error.message}\n${USAGE}` : error);
  process.exitCode = code;
}

try {
  const options = readOptions();
  await main(options).catch((error: unknown) => complain(error, 1));
} catch (error) {
  complain(error, 2);
}
