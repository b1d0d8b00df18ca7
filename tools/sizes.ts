import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { BUDGETS, complaintsOf, rowsOf } from './budgets.ts';
import { builtFiles, CDN } from './built.ts';
import { weigh } from './weigh.ts';

/** Weighs what `dist/cdn` would cost a brand page. Ends with 1 when a budget is passed or missing. */
const files = await Promise.all(
  builtFiles()
    .filter(({ role }) => role !== 'source map')
    .map(async (file) => ({ ...file, weight: await weigh(readFileSync(join(CDN, file.path))) })),
);
const rows = rowsOf(files, BUDGETS);

const cell = (bytes: number, of?: number) => `${bytes}${of === undefined ? '' : ` of ${of}`}`.padStart(17);
console.log(
  `\nwhat a brand page pays (bytes)\n${' '.repeat(28)}      raw${'gzip'.padStart(17)}${'brotli'.padStart(17)}`,
);
for (const { name, weight, budget } of rows) {
  const { raw, gzip, brotli } = weight;
  console.log(
    `  ${name.padEnd(26)}${String(raw).padStart(9)}${cell(gzip, budget?.gzip)}${cell(brotli, budget?.brotli)}  ${budget?.what ?? ''}`,
  );
}
const complaints = complaintsOf(rows, BUDGETS);
for (const complaint of complaints) console.error(`size budget: ${complaint}`);
process.exitCode = complaints.length > 0 ? 1 : 0;
