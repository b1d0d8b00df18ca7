import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Budgets in gzip bytes. What is loaded together is weighed together. */
const LOADER = 2_500;
const FIRST_OPEN = 100_000;

const CDN = 'dist/cdn';
const WIDGET = join(CDN, 'widget');

interface ManifestEntry {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

const manifest = JSON.parse(readFileSync(join(WIDGET, '.vite/manifest.json'), 'utf8')) as Record<string, ManifestEntry>;

/** Files that come with an entry whether one wants them or not. */
function staticFiles(key: string, seen = new Set<string>()): Set<string> {
  const entry = manifest[key];
  if (!entry || seen.has(entry.file)) return seen;
  seen.add(entry.file);
  for (const other of entry.imports ?? []) staticFiles(other, seen);
  return seen;
}

interface Weight {
  readonly name: string;
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

function weigh(name: string, paths: readonly string[]): Weight {
  const bytes = paths.map((path) => readFileSync(path));
  const sum = (size: (b: Buffer) => number) => bytes.reduce((total, b) => total + size(b), 0);
  return {
    name,
    raw: sum((b) => b.length),
    gzip: sum((b) => gzipSync(b, { level: 9 }).length),
    brotli: sum((b) => brotliCompressSync(b, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length),
  };
}

const entryKey = 'src/widget/widget.ts';
if (!Object.hasOwn(manifest, entryKey)) throw new Error('the widget has no entry: run the build first');
const atOpen = [...staticFiles(entryKey)].map((file) => join(WIDGET, file));
const lazy = readdirSync(join(WIDGET, 'chunks'), { withFileTypes: true })
  .filter((file) => file.name.endsWith('.js'))
  .map((file) => join(WIDGET, 'chunks', file.name))
  .filter((path) => !atOpen.includes(path));

const rows = [
  { ...weigh('loader', [join(CDN, 'loader.js')]), limit: LOADER },
  { ...weigh('first open', atOpen), limit: FIRST_OPEN },
  ...lazy.map((path) => ({
    ...weigh(`lazy: ${path.slice(WIDGET.length + 8)}`, [path]),
    limit: Number.POSITIVE_INFINITY,
  })),
];

console.log('\nwhat a brand page pays (bytes)');
for (const { name, raw, gzip, brotli, limit } of rows) {
  const budget = Number.isFinite(limit) ? ` of ${limit}` : '';
  console.log(
    `  ${name.padEnd(36)} ${String(raw).padStart(7)} raw ${String(gzip).padStart(7)} gz${budget} ${brotli} br`,
  );
}
const over = rows.filter(({ gzip, limit }) => gzip > limit);
for (const { name, gzip, limit } of over)
  console.error(`over budget: ${name} is ${gzip} bytes gzipped, ${limit} allowed`);
process.exitCode = over.length > 0 ? 1 : 0;
