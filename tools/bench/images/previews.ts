import { type Metric, RUNS } from '../metric.ts';
import { type Corpus, type Picture, pictureNamed } from './corpus.ts';
import { djpegMs, hasDjpeg } from './djpeg.ts';
import type { Taken } from './probe.ts';
import type { Bench, Stage } from './stage.ts';

/** No file is over it, so that only a preview is made. */
const NO_LIMIT = 1e9;
const MAX_CHARACTERS = 30_000;
/** How browser-image-compression is told to make a preview: by what fits into 30 000 characters, in its worker (IMAGES §3). */
const TUNED = {
  useWebWorker: true,
  maxSizeMB: 22_482 / 1_048_576,
  maxWidthOrHeight: 400,
  initialQuality: 0.75,
  maxIteration: 20,
  fileType: 'image/jpeg',
};
const COMPARED: readonly Picture['name'][] = ['Jpeg12', 'Jpeg48', 'Jpeg108'];

async function previewOf(bench: Bench, { path, name }: Picture): Promise<Taken> {
  await bench.pick(path);
  const taken = await bench.probe.evaluate((probe, limit) => probe.ready(limit), NO_LIMIT);
  if (taken.characters === 0 || taken.characters > MAX_CHARACTERS)
    throw new Error(`the preview of ${name} has ${taken.characters} characters`);
  return taken;
}

async function tunedMs(bench: Bench, { path }: Picture, libURL: string): Promise<number> {
  await bench.pick(path);
  return (await bench.probe.evaluate((probe, options) => probe.compress(options), { ...TUNED, libURL })).ms;
}

/** Previews of everything, each run right beside `djpeg` and browser-image-compression on the same file. */
export async function measurePreviews(stage: Stage, corpus: Corpus, say: (line: string) => void): Promise<Metric[]> {
  const [ours, theirs] = [await stage.open('strict'), await stage.open('free')];
  await previewOf(ours, pictureNamed(corpus, 'Jpeg12'));
  const comparesDjpeg = hasDjpeg();
  if (!comparesDjpeg) say('there is no djpeg to compare with: apt-get install libjpeg-turbo-progs');
  const metrics: Metric[] = [];
  for (const picture of corpus.filter(({ name }) => name !== 'Jpeg2')) {
    say(`preview of ${picture.name}`);
    const [taken, djpeg, tuned]: [Taken[], number[], number[]] = [[], [], []];
    for (let run = 0; run < RUNS; run += 1) {
      taken.push(await previewOf(ours, picture));
      if (comparesDjpeg && picture.name !== 'Png4k') djpeg.push(djpegMs(picture.path));
      if (COMPARED.includes(picture.name)) tuned.push(await tunedMs(theirs, picture, stage.compressionUrl));
    }
    metrics.push(...metricsOf(picture.name, taken, djpeg, tuned));
  }
  await Promise.all([ours.leave(), theirs.leave()]);
  return metrics;
}

function metricsOf(name: Picture['name'], taken: Taken[], djpeg: number[], tuned: number[]): Metric[] {
  const ms = taken.map((run) => run.ms);
  const against = (others: number[]) => others.map((other, run) => (ms[run] ?? Number.NaN) / other);
  const metrics: Metric[] = [
    { name: `preview${name}Ms`, unit: 'ms', runs: ms },
    { name: `preview${name}GapMs`, unit: 'ms', runs: taken.map(({ gapMs }) => gapMs), bound: 50 },
    { name: `preview${name}LongTaskMs`, unit: 'ms', runs: taken.map(({ longTaskMs }) => longTaskMs), bound: 0 },
  ];
  if (djpeg.length > 0) {
    metrics.push({ name: `djpeg${name}Ms`, unit: 'ms', runs: djpeg });
    const bound = name === 'Jpeg12' ? 2 : 1.5;
    metrics.push({ name: `preview${name}ToDjpegRatio`, unit: '×', runs: against(djpeg), bound });
  }
  if (tuned.length > 0) {
    metrics.push({ name: `tunedCompression${name}Ms`, unit: 'ms', runs: tuned });
    if (djpeg.length > 0) {
      const floor = tuned.map((other, run) => (djpeg[run] ?? Number.NaN) / other);
      metrics.push({ name: `djpeg${name}ToTunedCompressionRatio`, unit: '×', runs: floor });
    }
    metrics.push({ name: `preview${name}ToTunedCompressionRatio`, unit: '×', runs: against(tuned), bound: 0.3 });
  }
  return metrics;
}
