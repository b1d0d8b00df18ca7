import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blackPng, bombs, type HardFile, oddFiles } from '../../../src/media/hardFiles.testing.ts';
import { type Metric, RUNS } from '../metric.ts';
import { type Corpus, FOLDER, pictureNamed } from './corpus.ts';
import type { Bench, Stage } from './stage.ts';

/** Ms until the slowest of the files has ended. Rejects when one of them does not end as it is named. */
async function slowest(bench: Bench, files: readonly HardFile[]): Promise<number> {
  let most = 0;
  for (const { name, ends } of files) {
    await bench.pick(join(FOLDER, name));
    const ended = await bench.probe.evaluate((probe) => probe.end());
    if (ended.ends !== ends) throw new Error(`"${name}" ended as ${ended.ends}, not as ${ends}`);
    most = Math.max(most, ended.ms);
  }
  return most;
}

/** How long broken and lying files take until it is clear what becomes of them, and bombs until they are refused. */
export async function measureEndings(stage: Stage, corpus: Corpus): Promise<Metric[]> {
  const photo = new Uint8Array(readFileSync(pictureNamed(corpus, 'Jpeg2').path));
  const odd = oddFiles(photo, await blackPng(3_000, 2_000));
  const all = { odd, bombs: await bombs() };
  mkdirSync(FOLDER, { recursive: true });
  for (const { name, bytes } of [...all.odd, ...all.bombs]) writeFileSync(join(FOLDER, name), bytes);
  const bench = await stage.open('strict');
  await slowest(bench, all.odd);
  const [endings, refusals]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    endings.push(await slowest(bench, all.odd));
    refusals.push(await slowest(bench, all.bombs));
  }
  await bench.leave();
  return [
    { name: 'slowestBrokenFileMs', unit: 'ms', runs: endings, bound: 5_000 },
    { name: 'slowestBombRefusedMs', unit: 'ms', runs: refusals, bound: 50 },
  ];
}
