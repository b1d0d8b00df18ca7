import type { BuiltFile } from './built.ts';
import { sumOf, type Weight } from './weigh.ts';

/** Bytes that something may weigh, compressed. */
export interface Budget {
  readonly what: string;
  readonly gzip: number;
  readonly brotli: number;
}

/**
 * The first is paid by every page, the next two, 92 000 together (80 000 by brotli), by every consumer who opens the panel. Below
 * them each lazy chunk and each door, by its name.
 */
export const BUDGETS: Readonly<Record<string, Budget>> = {
  loader: { what: 'launcher and queue of commands, on every page', gzip: 2_500, brotli: 2_200 },
  'first open': { what: 'panel, with React, and the connection', gzip: 91_010, brotli: 79_000 },
  conduct: { what: 'manners toward the page: once the panel is open', gzip: 990, brotli: 1_000 },
  companions: { what: 'events and profile: with the first word', gzip: 1_400, brotli: 1_250 },
  talk: { what: 'what is said and heard: with the first word', gzip: 11_000, brotli: 10_000 },
  views: { what: 'transcript, files, photos shown large: with the first word or file', gzip: 24_000, brotli: 21_700 },
  shared: { what: 'what lazy chunks share: with the first of them', gzip: 4_600, brotli: 4_200 },
  fileWork: { what: 'inspection, preview and upload of files: with the first file', gzip: 11_000, brotli: 10_000 },
  objectStoreRequests: { what: 'PUT, HEAD and GET: with the first file', gzip: 1_300, brotli: 1_150 },
  'browser-image-compression': { what: 'where the browser cannot decode by itself', gzip: 20_000, brotli: 17_600 },
  downloads: { what: 'with the first file seen', gzip: 1_000, brotli: 900 },
  archive: { what: 'history: when somebody looks that far back', gzip: 1_000, brotli: 900 },
  shelf: { what: 'keeping of unsent messages: with the first word', gzip: 1_000, brotli: 900 },
  teaser: { what: 'a door: for brands that want one', gzip: 1_300, brotli: 1_150 },
  maskCardNumbers: { what: 'a door: a hook ready to use', gzip: 800, brotli: 700 },
  liveperson: { what: "a door: the bridge to LivePerson's tag", gzip: 1_500, brotli: 1_350 },
};

/** The budgets as a table for a page. */
export function budgetTable(budgets: Readonly<Record<string, Budget>>): string {
  const bytes = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
  const rows = Object.entries(budgets).map(
    ([name, { what, gzip, brotli }]) => `| ${name} | ${what} | ${bytes(gzip)} | ${bytes(brotli)} |`,
  );
  return ['| part | what it is, and when it is loaded | gzip | brotli |', '|---|---|--:|--:|', ...rows].join('\n');
}

/** One line of the table: what is downloaded together is weighed together. */
export interface Row {
  readonly name: string;
  readonly weight: Weight;
  /** Null: nobody has said what this may weigh. */
  readonly budget: Budget | null;
}

/** Rows in the order of the budgets, then what has none. Files of one role or chunk are one row; source maps are none. */
export function rowsOf(
  files: readonly (BuiltFile & { readonly weight: Weight })[],
  budgets: Readonly<Record<string, Budget>>,
): readonly Row[] {
  const rows = new Map<string, Weight[]>();
  for (const { role, name, weight } of files) {
    if (role === 'source map') continue;
    const key = role === 'lazy' || role === 'door' ? name : role;
    rows.set(key, [...(rows.get(key) ?? []), weight]);
  }
  const known = Object.keys(budgets).filter((name) => rows.has(name));
  const strangers = [...rows.keys()].filter((name) => !known.includes(name));
  return [...known, ...strangers].map((name) => ({
    name,
    weight: sumOf(rows.get(name) ?? []),
    budget: budgets[name] ?? null,
  }));
}

/** What is wrong, a sentence each: over a limit, without a limit, or a limit of something that is not there. */
export function complaintsOf(rows: readonly Row[], budgets: Readonly<Record<string, Budget>>): readonly string[] {
  const over = rows.flatMap(({ name, weight, budget }) => {
    if (!budget) return [`${name} has no budget: give it a line in tools/budgets.ts`];
    return (['gzip', 'brotli'] as const)
      .filter((by) => weight[by] > budget[by])
      .map((by) => `${name} is ${weight[by]} bytes by ${by}, ${budget[by]} allowed`);
  });
  const gone = Object.keys(budgets).filter((name) => !rows.some((row) => row.name === name));
  return [
    ...over,
    ...gone.map((name) => `${name} has a budget and was not built: take its line out of tools/budgets.ts`),
  ];
}
