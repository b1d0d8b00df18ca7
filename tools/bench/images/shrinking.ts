import { type Metric, RUNS } from '../metric.ts';
import { type Corpus, type Picture, pictureNamed } from './corpus.ts';
import type { Taken } from './probe.ts';
import type { Bench, Stage } from './stage.ts';

/** The limit of an account that has set none. */
const LIMIT = 3_000_000;
/** Those that are over it. */
const LARGE: readonly Picture['name'][] = ['Jpeg12', 'Jpeg48', 'Jpeg108'];

async function shrunk(bench: Bench, { path, name }: Picture): Promise<Taken> {
  await bench.pick(path);
  const taken = await bench.probe.evaluate((probe, limit) => probe.ready(limit), LIMIT);
  if (taken.bytes > LIMIT || taken.characters === 0) throw new Error(`${name} came out with ${taken.bytes} bytes`);
  return taken;
}

/** The plain call: browser-image-compression is told the limit and nothing else, but where its own source is. */
async function plainMs(bench: Bench, { path }: Picture, libURL: string): Promise<number> {
  const options = { maxSizeMB: LIMIT / 1_048_576, useWebWorker: true, libURL };
  await bench.pick(path);
  return (await bench.probe.evaluate((probe, given) => probe.compress(given), options)).ms;
}

/** What is too large becomes an upload and a preview. */
export async function measureShrinking(stage: Stage, corpus: Corpus, say: (line: string) => void): Promise<Metric[]> {
  const [ours, theirs] = [await stage.open('strict'), await stage.open('free')];
  await shrunk(ours, pictureNamed(corpus, 'Jpeg12'));
  const metrics: Metric[] = [];
  for (const name of LARGE) {
    say(`shrinking ${name}`);
    const picture = pictureNamed(corpus, name);
    const [taken, plain]: [Taken[], number[]] = [[], []];
    for (let run = 0; run < RUNS; run += 1) {
      taken.push(await shrunk(ours, picture));
      if (name === 'Jpeg48') plain.push(await plainMs(theirs, picture, stage.compressionUrl));
    }
    metrics.push(...metricsOf(name, taken, plain));
  }
  await Promise.all([ours.leave(), theirs.leave()]);
  return metrics;
}

function metricsOf(name: Picture['name'], taken: Taken[], plain: number[]): Metric[] {
  const ms = taken.map((run) => run.ms);
  const metrics: Metric[] = [
    { name: `shrink${name}Ms`, unit: 'ms', runs: ms },
    { name: `shrink${name}GapMs`, unit: 'ms', runs: taken.map(({ gapMs }) => gapMs), bound: 50 },
    { name: `shrink${name}LongTaskMs`, unit: 'ms', runs: taken.map(({ longTaskMs }) => longTaskMs), bound: 0 },
  ];
  if (plain.length === 0) return metrics;
  const ratios = plain.map((other, run) => (ms[run] ?? Number.NaN) / other);
  return [
    ...metrics,
    { name: `plainCompression${name}Ms`, unit: 'ms', runs: plain },
    { name: `shrink${name}ToPlainCompressionRatio`, unit: '×', runs: ratios, bound: 0.2 },
  ];
}
