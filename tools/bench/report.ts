import { isKept, type Metric, median } from './metric.ts';

/** What a group has found. */
export interface Findings {
  readonly group: string;
  readonly metrics: readonly Metric[];
}

const HEAD = ['metric', 'unit', 'median', 'minimum', 'bound', ''] as const;

function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}

function rowsOf({ group, metrics }: Findings): string[][] {
  return metrics.map((metric) => {
    const { name, unit, runs, bound } = metric;
    const kept = isKept(metric);
    const verdict = kept === null ? '' : kept ? 'ok' : 'over';
    const least = figure(Math.min(...runs));
    return [
      `${group}.${name}`,
      unit,
      figure(median(runs)),
      least,
      bound === undefined ? '' : `≤ ${figure(bound)}`,
      verdict,
    ];
  });
}

/** One table of all findings, for a terminal. */
export function asText(findings: readonly Findings[]): string {
  const rows = [[...HEAD], ...findings.flatMap(rowsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The table of one group, for a page. */
export function asMarkdown(findings: Findings): string {
  const rule = HEAD.map(() => '---');
  return [[...HEAD], rule, ...rowsOf(findings)].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** `group.metric: median`, flat. */
export function asJson(findings: readonly Findings[]): Record<string, number> {
  return Object.fromEntries(
    findings.flatMap(({ group, metrics }) => metrics.map(({ name, runs }) => [`${group}.${name}`, median(runs)])),
  );
}

/** Puts a group's table between its marks in a page's text. Throws where the page has no such marks. */
export function withTable(page: string, findings: Findings, heading: string): string {
  const [begin, end] = [`<!-- bench ${findings.group} -->`, `<!-- end ${findings.group} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`the page has no place for the group "${findings.group}": ${begin} … ${end}`);
  return `${page.slice(0, from + begin.length)}\n${heading}\n\n${asMarkdown(findings)}\n${page.slice(to)}`;
}
