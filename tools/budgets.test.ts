import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { budgetTable, complaintsOf, BUDGETS as OURS, rowsOf } from './budgets.ts';
import type { Role } from './built.ts';

const BUDGETS = {
  'first open': { what: 'panel', gzip: 100, brotli: 90 },
  views: { what: 'transcript', gzip: 50, brotli: 40 },
};

function file(role: Role, name: string, gzip: number, brotli = gzip - 5) {
  return { path: `${name}.js`, role, name, weight: { raw: gzip * 3, gzip, brotli } };
}

const widget = file('first open', 'widget', 60);
const views = file('lazy', 'views', 45, 40);

function complaints(...files: ReturnType<typeof file>[]): readonly string[] {
  return complaintsOf(rowsOf(files, BUDGETS), BUDGETS);
}

describe('size budgets', () => {
  test('hold up to their last byte', () => {
    expect(complaints({ ...widget, weight: { raw: 300, gzip: 100, brotli: 90 } }, views)).toEqual([]);
  });

  test('are passed by either compression', () => {
    expect(complaints(file('first open', 'widget', 101, 80), views)).toEqual([
      'first open is 101 bytes by gzip, 100 allowed',
    ]);
    expect(complaints(file('first open', 'widget', 99, 91), views)).toEqual([
      'first open is 91 bytes by brotli, 90 allowed',
    ]);
  });

  test('are for everything that comes together', () => {
    expect(complaints(widget, file('first open', 'shared', 41), views)).toEqual([
      'first open is 101 bytes by gzip, 100 allowed',
      'first open is 91 bytes by brotli, 90 allowed',
    ]);
  });

  test('are wanted of each chunk', () => {
    expect(complaints(widget, views, file('lazy', 'emoji', 1))).toEqual([
      'emoji has no budget: give it a line in tools/budgets.ts',
    ]);
  });

  test('are wanted of each door', () => {
    expect(complaints(widget, views, file('door', 'teaser', 1))).toEqual([
      'teaser has no budget: give it a line in tools/budgets.ts',
    ]);
  });

  test('of a chunk that is gone have to go too', () => {
    expect(complaints(widget)).toEqual(['views has a budget and was not built: take its line out of tools/budgets.ts']);
  });

  test('do not count source maps', () => {
    expect(complaints(widget, views, file('source map', 'views', 9_000))).toEqual([]);
  });
});

/** `UPDATE=1 npx vitest run --project unit tools/budgets.test.ts` writes the table; without it the page must have it. */
test('the README says what a page pays at most', () => {
  const page = readFileSync('README.md', 'utf8');
  const table = /(<!-- budgets -->\n)[\s\S]*?(<!-- end budgets -->)/;
  const current = page.replace(table, (_, begin: string, end: string) => `${begin}${budgetTable(OURS)}\n${end}`);
  expect(page).toMatch(table);
  if (process.env.UPDATE) writeFileSync('README.md', current);
  expect(readFileSync('README.md', 'utf8')).toBe(current);
});
