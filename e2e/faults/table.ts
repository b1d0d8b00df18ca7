import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Row, StoreKind } from './row.ts';
import type { Seen } from './stage.ts';

export const PAGE = 'docs/fault-matrix.md';

/** Columns of a line after its fault, as `row.ts` names them. */
const HEAD = '| what goes wrong | made by | shown meanwhile | shown in the end | PUTs | published | ends |';
const RULE = '|---|---|---|---|---|---|---|';

function lineOf({ fault, by }: Row, { meanwhile, inTheEnd, puts, published, end }: Seen): string {
  const quoted = (text: string) => (text === '' ? '' : `“${text}”`);
  const cells = [fault, by, meanwhile.map(quoted).join(', then '), quoted(inTheEnd), puts, published, end];
  return `| ${cells.join(' | ')} |`;
}

/** What stands in the page for one store and one group of rows. */
function block(store: StoreKind, group: string): RegExp {
  const mark = `${store}: ${group}`;
  return new RegExp(`(<!-- ${mark} begin -->\\n)([\\s\\S]*?)(<!-- ${mark} end -->)`);
}

function linesIn(page: string, store: StoreKind, group: string): readonly string[] {
  const found = block(store, group).exec(page)?.[2];
  if (found === undefined) throw new Error(`${PAGE} has no place for “${group}” with ${store}`);
  return found.split('\n').filter((line) => line.startsWith('| ') && line !== HEAD);
}

/** The line of a row as the page has it, or null. */
export function documented(store: StoreKind, row: Row): string | null {
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  return linesIn(page, store, row.group).find((line) => line.startsWith(`| ${row.fault} | `)) ?? null;
}

/** The line that a row ought to have by what was seen. */
export const observed = lineOf;

/** Writes a row's line into the page, in the order of `rows`, without those of rows that are no more. */
export function write(store: StoreKind, row: Row, seen: Seen, rows: readonly Row[]): void {
  const page = readFileSync(PAGE, 'utf8');
  const known = linesIn(page, store, row.group).filter((line) => !line.startsWith(`| ${row.fault} | `));
  const all = [...known, lineOf(row, seen)];
  const group = rows.filter((other) => other.group === row.group);
  const ordered = group.flatMap(({ fault }) => all.find((line) => line.startsWith(`| ${fault} | `)) ?? []);
  writeFileSync(PAGE, page.replace(block(store, row.group), `$1\n${[HEAD, RULE, ...ordered].join('\n')}\n\n$3`));
}

/** Faults that the page has lines for, in its order. */
export function documentedFaults(store: StoreKind, group: string): readonly string[] {
  const page = readFileSync(PAGE, 'utf8');
  return linesIn(page, store, group).map((line) => line.slice(2, line.indexOf(' | ', 2)));
}
