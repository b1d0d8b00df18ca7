import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apiReference, declaredIn } from '../tools/api.ts';

const PAGE = 'docs/api.md';
const BLOCK = /(<!-- reference:begin[^\n]*-->\n)[\s\S]*(<!-- reference:end -->)/;

/** `UPDATE=1 npx vitest run src/apiDocs.test.ts` writes the reference; without it the page must have it. */
test('the reference in the docs is that of the types', () => {
  const page = readFileSync(PAGE, 'utf8');
  expect(page).toMatch(BLOCK);
  const current = page.replace(BLOCK, (_, begin: string, end: string) => `${begin}${apiReference()}${end}`);
  if (process.env.UPDATE) writeFileSync(PAGE, current);
  else expect(page).toBe(current);
});

test('every member is read, with what is said of it', () => {
  const source = [
    '/** What it',
    ' * is. */',
    'export interface A<T> {',
    '  /** First. */',
    '  readonly a?: string;',
    '  b(one: { readonly c: 1; readonly d: 2 }): void;',
    '  /**',
    '   * Third,',
    '   * on two lines.',
    '   */',
    '  e:',
    '    | 1',
    '    | 2;',
    '}',
    '',
    "export type B = 'x' | 'y';",
    'export type C<E extends keyof A<1>> = (event: E) => void;',
    '',
  ].join('\n');
  expect(declaredIn(source)).toEqual([
    {
      name: 'A',
      text: 'What it is.',
      of: '',
      meaning: '',
      members: [
        { signature: 'a?: string', text: 'First.' },
        { signature: 'b(one: { readonly c: 1; readonly d: 2 }): void', text: '' },
        { signature: 'e: | 1 | 2', text: 'Third, on two lines.' },
      ],
    },
    { name: 'B', of: '', text: '', meaning: "'x' | 'y'", members: [] },
    { name: 'C', of: '<E extends keyof A<1>>', text: '', meaning: '(event: E) => void', members: [] },
  ]);
});
