import type { CDPSession } from 'playwright';
import { field, numberOf, stringOf } from '../../../src/protocol/read.ts';
import { type Metric, RUNS } from '../metric.ts';
import { type Corpus, type Picture, pictureNamed } from './corpus.ts';
import type { Stage } from './stage.ts';

const LIMIT = 3_000_000;
/** Below the 50 ms from which on a task is called long. */
const MOST = 50;
const MEASURED: readonly Picture['name'][] = ['Jpeg12', 'Jpeg48', 'Jpeg108', 'Png4k'];
const CATEGORIES = ['toplevel', 'disabled-by-default-devtools.timeline'];

/** What the browser traces while `job` runs. */
async function traced(session: CDPSession, job: () => Promise<unknown>): Promise<readonly unknown[]> {
  const events: unknown[] = [];
  const take = ({ value }: { value: readonly unknown[] }) => events.push(...value);
  session.on('Tracing.dataCollected', take);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES },
  });
  await job();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  session.off('Tracing.dataCollected', take);
  return events;
}

const threadOf = (event: unknown) => `${numberOf(field(event, 'pid'))}:${numberOf(field(event, 'tid'))}`;
const nameOf = (event: unknown) => stringOf(field(event, 'name'));

/** Ms of processor time that the longest task of a page's own thread took. */
function longestTaskMs(events: readonly unknown[]): number {
  const mains = events.filter((event) => stringOf(field(field(event, 'args'), 'name')) === 'CrRendererMain');
  const threads = new Set(mains.map(threadOf));
  const tasks = events.filter((event) => threads.has(threadOf(event)) && nameOf(event)?.endsWith('RunTask'));
  if (tasks.length === 0) throw new Error('the browser has traced no task');
  return Math.max(...tasks.map((task) => numberOf(field(task, 'tdur')) ?? 0)) / 1000;
}

/**
 * The longest task by the processor's time, while a picture becomes what is sent and shown: what heartbeat and long tasks
 * would say if nothing else ran on the machine.
 */
export async function measureTasks(stage: Stage, corpus: Corpus): Promise<Metric[]> {
  const bench = await stage.open('strict');
  const session = await stage.browser.newBrowserCDPSession();
  const work = () => bench.probe.evaluate((probe, limit) => probe.ready(limit), LIMIT);
  const metrics: Metric[] = [];
  for (const name of MEASURED) {
    await bench.pick(pictureNamed(corpus, name).path);
    await work();
    const runs: number[] = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(longestTaskMs(await traced(session, work)));
    metrics.push({ name: `longestTask${name}CpuMs`, unit: 'ms', runs, bound: MOST });
  }
  await session.detach();
  await bench.leave();
  return metrics;
}
