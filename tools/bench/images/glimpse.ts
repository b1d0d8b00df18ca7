import { type Metric, RUNS } from '../metric.ts';
import { type Corpus, pictureNamed } from './corpus.ts';
import type { Stage } from './stage.ts';

/** From a picked photo to a frame that shows the view its camera embedded. */
export async function measureGlimpse(stage: Stage, corpus: Corpus): Promise<Metric[]> {
  const bench = await stage.open('strict');
  const runs: number[] = [];
  await bench.pick(pictureNamed(corpus, 'Jpeg12').path);
  await bench.probe.evaluate((probe) => probe.glimpse());
  await bench.pick(pictureNamed(corpus, 'Jpeg48').path);
  for (let run = 0; run < RUNS; run += 1) runs.push(await bench.probe.evaluate((probe) => probe.glimpse()));
  await bench.leave();
  return [{ name: 'embeddedViewVisibleMs', unit: 'ms', runs, bound: 100 }];
}
