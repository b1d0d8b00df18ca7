import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { STORED } from './storedKeys.ts';

const PAGE = 'docs/privacy.md';
const BLOCK = /(<!-- stored:begin[^\n]*-->\n)[\s\S]*(<!-- stored:end -->)/;

function table(): string {
  const rows = STORED.map(
    ({ name, where, what, until }) => `| \`${name}\` | ${where.session} | ${where.local} | ${what} | ${until} |`,
  );
  return ['| key | `session` | `local` | what | until |', '|---|---|---|---|---|', ...rows, ''].join('\n');
}

/** `UPDATE=1 npx vitest run src/net/storedKeys.test.ts` writes the table; without it the page must have it. */
test("the docs' table of stored keys is that of the code", () => {
  const page = readFileSync(PAGE, 'utf8');
  const current = page.replace(BLOCK, `$1${table()}$2`);
  if (process.env.UPDATE) writeFileSync(PAGE, current);
  else expect(page).toBe(current);
});
