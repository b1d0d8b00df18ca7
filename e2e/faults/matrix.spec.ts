import { ANSWERS } from './answers.ts';
import { DISK } from './disk.ts';
import type { Row, StoreKind } from './row.ts';
import { expect, test } from './stage.ts';
import { OFFLINE, RELOADED, TAKEN_BACK } from './states.ts';
import { documented, documentedFaults, observed, PAGE, write } from './table.ts';
import { SWIFT_ONLY, WAY } from './way.ts';

/**
 * The fault matrix: each row is made to happen on a page of its own, and what it shows is held to what it ought to, and to
 * its line in docs/fault-matrix.md. `UPDATE=1 npx playwright test e2e/faults/matrix.spec.ts --workers=1` writes the lines.
 */
const ROWS: readonly Row[] = [...ANSWERS, ...WAY, ...SWIFT_ONLY, ...DISK, ...TAKEN_BACK, ...OFFLINE, ...RELOADED];
const rowsOf = (store: StoreKind) => ROWS.filter(({ only }) => only === undefined || only === store);

// What is expected and what was seen say all there is to know; a trace of each row would cost more than the row.
test.use({ trace: 'off' });

for (const row of ROWS) {
  test.describe(row.group, () => {
    test.use({ storeUrl: row.storeUrl ?? null, urlLife: row.urlLife ?? 60 });

    test(row.fault, async ({ stage, objectStore }, { config }) => {
      const store = objectStore === 'sandbox' ? 'sandbox' : 'swift';
      test.skip(row.only !== undefined && row.only !== store, `only with ${row.only}`);
      await row.run(stage);
      const seen = await stage.seen();
      expect(seen).toEqual(row.expected);
      if (!process.env.UPDATE) return expect(documented(store, row)).toBe(observed(row, seen));
      if (config.workers > 1) throw new Error(`${PAGE} is written by one worker: --workers=1`);
      write(store, row, seen, rowsOf(store));
    });
  });
}

test('the page has the rows that there are, and no others', ({ objectStore }) => {
  const store = objectStore === 'sandbox' ? 'sandbox' : 'swift';
  for (const group of new Set(ROWS.map((row) => row.group))) {
    const faults = rowsOf(store).flatMap((row) => (row.group === group ? [row.fault] : []));
    expect(documentedFaults(store, group), `${group} with ${store}`).toEqual(faults);
  }
});
