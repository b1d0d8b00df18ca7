import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The pages under docs/ that comments cite by a place: `PROTOCOL §8.3`, `SWIFT gotcha 4`, `ARCHITECTURE rule 7`. */
const PAGES = ['PROTOCOL', 'SWIFT', 'IMAGES', 'USERS', 'ARCHITECTURE'] as const;

const read = (path: string) => readFileSync(path, 'utf8');

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name === 'node_modules') return [];
    return statSync(path).isDirectory() ? filesIn(path) : /\.(?:tsx?|mjs|py)$/.test(name) ? [path] : [];
  });
}

const files = ['src', 'e2e', 'tools'].flatMap(filesIn).filter((path) => basename(path) !== 'rules.test.ts');
const tests = files.filter((path) => /\.(?:test|spec|contract)\.tsx?$/.test(path));

/** Rules are rows of tables that begin with their id in bold. */
function definedIn(page: string): string[] {
  return [...page.matchAll(/^\| \*\*([A-Z]\d+)\*\* \|/gm)].map((match) => match[1] ?? '');
}

/** Ids in brackets at the beginning of titles. */
function citedIn(code: string): string[] {
  return [...code.matchAll(/['"`]\[([A-Z]\d+)\] /g)].map((match) => match[1] ?? '');
}

function rulesNamedIn(code: string): string[] {
  return [...code.matchAll(/docs\/PROTOCOL(?: rule)? ([A-Z]\d+)/g)].map((match) => match[1] ?? '');
}

/** Whether a page has a heading for section `8.3`, or a numbered item for gotcha `4`. */
function has(page: string, kind: string, number: string): boolean {
  const start = kind === '§' || kind === 'pain' ? `#{2,3} ${number.replace('.', '\\.')}\\.? ` : `${number}\\. `;
  return new RegExp(`^${start}`, 'm').test(page);
}

const defined = definedIn(read('docs/PROTOCOL.md'));
const cited = tests.flatMap((path) => citedIn(read(path)));

describe('the rules of docs/PROTOCOL.md', () => {
  test('have one definition each', () => {
    expect(defined.length).toBeGreaterThan(30);
    expect(defined.filter((id, index) => defined.indexOf(id) !== index)).toEqual([]);
  });

  test('are defined where a title cites them', () => {
    expect([...new Set(cited)].filter((id) => !defined.includes(id))).toEqual([]);
  });

  test('are each cited by the title of a test', () => {
    expect(defined.filter((id) => !cited.includes(id))).toEqual([]);
  });

  test('are defined where a comment names them', () => {
    const named = files.flatMap((path) => rulesNamedIn(read(path)));
    expect(named.filter((id) => !defined.includes(id))).toEqual([]);
  });
});

test.each(PAGES)('every place of docs/%s.md that a comment cites is there', (name) => {
  const page = read(`docs/${name}.md`);
  const citation = new RegExp(`\\b${name} (§|gotcha |rule |pain )(\\d+(?:\\.\\d+)?)`, 'g');
  const citations = files.flatMap((path) => [...read(path).matchAll(citation)].map((match) => [path, match] as const));
  expect(citations.length).toBeGreaterThan(0);
  const missing = citations.filter(([, [, kind = '', number = '']]) => !has(page, kind.trim(), number));
  expect(missing.map(([path, [text]]) => `${path}: ${text}`)).toEqual([]);
});
