/** One thing measured several times. Its figure is the median of the runs. */
export interface Metric {
  /** Name within its group, in camelCase with its unit; a ratio ends in `Ratio`. */
  readonly name: string;
  readonly unit:
    | 'ms'
    | 'frames'
    | 'timers'
    | 'MB'
    | 'kB'
    | 'elements'
    | 'requests'
    | 'keys'
    | 'tasks'
    | 'tags'
    | 'shift'
    | '×';
  /** One figure a run. */
  readonly runs: readonly number[];
  /** The median may be at most this; left out where a figure only explains others. */
  readonly bound?: number;
}

/** Metrics that share a stage. */
export interface Group {
  readonly name: string;
  /** Measures everything of the group; `say` tells how far it is. */
  measure(say: (line: string) => void): Promise<readonly Metric[]>;
}

/** Runs of each metric. */
export const RUNS = 5;

/** The middle figure, or the mean of the two in the middle. Throws RangeError for none. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  if (low === undefined || high === undefined) throw new RangeError('there is no median of nothing');
  return (low + high) / 2;
}

/** Whether the median keeps to the bound; null where there is none. */
export function isKept({ runs, bound }: Metric): boolean | null {
  return bound === undefined ? null : median(runs) <= bound;
}
