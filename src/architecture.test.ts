import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The import table of the house (ARCHITECTURE §2): a room may import itself and these. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  protocol: [],
  net: ['protocol'],
  media: ['protocol'],
  model: ['protocol'],
  store: ['model', 'protocol'],
  flows: ['store', 'model', 'net', 'media', 'protocol'],
  ui: ['store', 'model', 'protocol'],
  widget: ['protocol', 'net', 'media', 'model', 'store', 'flows', 'ui'],
  loader: [],
  sandbox: ['protocol'],
  demo: ['widget', 'loader', 'protocol'],
  admin: ['protocol', 'net'],
  testing: ['protocol', 'net', 'media', 'model', 'store', 'flows', 'sandbox', 'admin'],
  index: ['widget', 'loader'],
  react: ['index'],
  bridge: [],
};

/** Rooms of which only types may be imported: they name a shape without pulling its code along. */
const TYPES_ONLY: Record<string, readonly string[]> = {
  ui: ['flows'],
  loader: ['widget'],
  demo: ['sandbox'],
  model: ['media'],
  bridge: ['widget'],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typesOnly: boolean;
}

const SRC = resolve('src');

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : /\.tsx?$/.test(name) ? [path] : [];
  });
}

const IMPORT =
  /(?:^|\n)\s*(import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)/g;

function importsOf(path: string): Import[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(IMPORT)].map((match) => ({
    from: relative(SRC, path),
    to: relative(SRC, resolve(dirname(path), (match[3] ?? match[4] ?? '').replace(/\?.*$/, ''))),
    // `typeof import('…')` and `import type` are erased.
    typesOnly: match[2] !== undefined || text.slice(Math.max(0, match.index - 7), match.index).includes('typeof'),
  }));
}

function roomOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : file.replace(/\.tsx?$/, '');
}

function isTest(file: string): boolean {
  return /\.(?:test|testing)\.tsx?$/.test(file) || roomOf(file) === 'testing';
}

const all = filesIn(SRC).flatMap(importsOf);
const code = all.filter(({ from }) => !isTest(from) && roomOf(from) !== 'vite-env.d');

function forbidden({ from, to, typesOnly }: Import): boolean {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (here === there || MAY_IMPORT[here]?.includes(there)) return false;
  return !(typesOnly && TYPES_ONLY[here]?.includes(there));
}

/** The files of one import cycle, or null. */
function cycleAmong(imports: readonly Import[]): string[] | null {
  const next = new Map<string, Import[]>();
  for (const one of imports) next.set(one.from, [...(next.get(one.from) ?? []), one]);
  const done = new Set<string>();
  function visit(file: string, path: string[]): string[] | null {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const { to } of next.get(file) ?? []) {
      const found = visit(to, [...path, file]);
      if (found) return found;
    }
    done.add(file);
    return null;
  }
  for (const file of next.keys()) {
    const found = visit(file, []);
    if (found) return found;
  }
  return null;
}

describe('the house', () => {
  test('has files and imports to look at', () => {
    expect(code.length).toBeGreaterThan(100);
  });

  test('keeps to its import table', () => {
    expect(code.filter(forbidden).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('tells a forbidden import from an allowed one', () => {
    expect(forbidden({ from: 'model/a.ts', to: 'net/b.ts', typesOnly: false })).toBe(true);
    expect(forbidden({ from: 'ui/a.tsx', to: 'flows/b.ts', typesOnly: false })).toBe(true);
    expect(forbidden({ from: 'ui/a.tsx', to: 'flows/b.ts', typesOnly: true })).toBe(false);
    expect(forbidden({ from: 'net/a.ts', to: 'protocol/b.ts', typesOnly: false })).toBe(false);
  });

  test('has no import cycle', () => {
    expect(cycleAmong(code.filter(({ typesOnly }) => !typesOnly))).toBeNull();
    const made = (from: string, to: string): Import => ({ from, to, typesOnly: false });
    expect(cycleAmong([made('a', 'b'), made('b', 'c'), made('c', 'a')])).toEqual(['a', 'b', 'c', 'a']);
  });

  test('lets nobody but tests import from testing', () => {
    expect(code.filter(({ to }) => roomOf(to) === 'testing')).toEqual([]);
  });

  test('keeps clock and chance behind ports', () => {
    const rooms = ['protocol', 'model', 'store', 'flows', 'media'];
    const strays = filesIn(SRC)
      .filter((path) => rooms.includes(roomOf(relative(SRC, path))) && !isTest(relative(SRC, path)))
      .filter((path) => /\bDate\.now\(|\bMath\.random\(|\bsetInterval\(/.test(readFileSync(path, 'utf8')));
    expect(strays).toEqual([]);
  });
});
