import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import type { Browser } from 'playwright';
import { type Metric, RUNS } from '../metric.ts';
import { type Corpus, type Picture, pictureNamed } from './corpus.ts';
import type { Stage } from './stage.ts';

const MEASURED: readonly Picture['name'][] = ['Jpeg12', 'Jpeg48', 'Jpeg108'];
const BYTES_A_PIXEL = 4;
const NO_LIMIT = 1e9;

/** Ids of the browser's renderer processes. */
async function renderers(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** `VmRSS` or `VmHWM` (its highest since the last reset) of a process, in bytes. */
function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const kilobytes = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

/** Bytes that a preview adds at most to the page's process, which has made one of a smaller photo before. */
async function addedBytes(stage: Stage, corpus: Corpus, picture: Picture): Promise<number> {
  const others = await renderers(stage.browser);
  const bench = await stage.open('strict');
  const make = async ({ path }: Picture) => {
    await bench.pick(path);
    await bench.probe.evaluate((probe, limit) => probe.ready(limit), NO_LIMIT);
  };
  await make(pictureNamed(corpus, 'Jpeg2'));
  const session = await bench.page.context().newCDPSession(bench.page);
  await session.send('HeapProfiler.collectGarbage');
  const own = (await renderers(stage.browser)).filter((pid) => !others.includes(pid));
  // 5 resets the highest resident size (man 5 proc).
  for (const pid of own) writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const before = own.map((pid) => memoryOf(pid, 'VmRSS'));
  await make(picture);
  const added = own.map((pid, index) => memoryOf(pid, 'VmHWM') - (before[index] ?? 0));
  await bench.leave();
  return Math.max(...added);
}

/** Memory added by previews, as a share of the decoded picture's. Only Linux tells it. */
export async function measureMemory(stage: Stage, corpus: Corpus): Promise<Metric[]> {
  if (process.platform !== 'linux') return [];
  const metrics: Metric[] = [];
  for (const name of MEASURED) {
    const picture = pictureNamed(corpus, name);
    const whole = picture.width * picture.height * BYTES_A_PIXEL;
    const runs: number[] = [];
    for (let run = 0; run < RUNS; run += 1) runs.push((await addedBytes(stage, corpus, picture)) / whole);
    metrics.push({ name: `memory${name}ToPixelsRatio`, unit: '×', runs, bound: 0.35 });
  }
  return metrics;
}
