import type { JSHandle } from 'playwright';
import type { Sandbox } from '../../../src/sandbox/server.ts';
import { type Agent, joinAsAgent } from '../messaging/agent.ts';
import { type Group, type Metric, median, RUNS } from '../metric.ts';
import { openPlace } from '../place.ts';
import { within } from '../within.ts';
import { type Consumer, heapOf, startConsumer, untilHistoryIsThere } from './consumer.ts';
import { historyText, startWithHistory } from './history.ts';
import type { ScrollFigures, TranscriptProbe } from './probe/transcript.ts';

/** Messages of a conversation. */
const SIZES = [20, 1_000, 10_000] as const;
/** Appended in one run; a run's figure is their median. */
const APPENDED = 30;
const FRAMES = 120;
/** Px of scrolling in a frame. */
const STEP = 300;
const SLOWER = 4;
const TYPED = 'How long will it take to get here from the warehouse?';

interface Run extends ScrollFigures {
  readonly wholeMs: number;
  readonly openMs: number;
  readonly heapMB: number;
  readonly elements: number;
  readonly appendMs: number;
  readonly keyMs: number;
}

async function open(consumer: Consumer, probe: JSHandle<TranscriptProbe>, count: number): Promise<number> {
  await probe.evaluate((it, text) => it.watchOpening(text), historyText(count - 1));
  await consumer.launcher.click();
  return within(
    60_000,
    'the last message',
    probe.evaluate((it) => it.openedMs()),
  );
}

async function append(probe: JSHandle<TranscriptProbe>, agent: Agent): Promise<number> {
  const figures: number[] = [];
  for (let index = 0; index < APPENDED; index += 1) {
    const text = `One more, ${index}.`;
    await probe.evaluate((it, given) => it.watchMessage(given), text);
    await agent.say([text]);
    const figure = probe.evaluate((it) => it.appendedMs());
    figures.push(await within(10_000, text, figure));
  }
  return median(figures);
}

async function type({ devtools, message }: Consumer, probe: JSHandle<TranscriptProbe>): Promise<number> {
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await probe.evaluate((it) => it.watchKeys());
  await message.pressSequentially(TYPED, { delay: 40 });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const figures = [...(await probe.evaluate((it) => it.keyMs()))].sort((a, b) => a - b);
  await message.fill('');
  return figures[Math.floor(figures.length * 0.95)] ?? Number.NaN;
}

/** From a click on a page that has only just come, with nothing of the history, until it has all been read. */
async function openWhole(consumer: Consumer, sandbox: Sandbox, count: number): Promise<{ readonly wholeMs: number }> {
  return { wholeMs: await open(consumer, await consumer.comeBack(sandbox.port), count) };
}

async function openAndUse(consumer: Consumer, sandbox: Sandbox, count: number): Promise<Omit<Run, 'wholeMs'>> {
  const probe = await consumer.comeBack(sandbox.port);
  await untilHistoryIsThere(consumer);
  const openMs = await open(consumer, probe, count);
  const heapMB = (await heapOf(consumer)) / 1_000_000;
  const elements = await probe.evaluate((it) => it.elements());
  const agent = await joinAsAgent(sandbox.brand, consumer.conversationId);
  const appendMs = await append(probe, agent);
  agent.leave();
  const scrolled = await probe.evaluate((it, given) => it.scroll(...given), [FRAMES, -STEP] as const);
  const keyMs = await type(consumer, probe);
  return { openMs, heapMB, elements, appendMs, keyMs, ...scrolled };
}

/** With services of its own, so that nothing is found that another measurement has left. */
async function anew<T>(
  consumer: Consumer,
  count: number,
  measure: (consumer: Consumer, sandbox: Sandbox, count: number) => Promise<T>,
): Promise<T> {
  const sandbox = await startWithHistory(consumer.kept, count);
  try {
    const found = await measure(consumer, sandbox, count);
    await consumer.page.goto('about:blank');
    return found;
  } finally {
    await sandbox.close();
  }
}

async function runsOf(consumer: Consumer, count: number): Promise<Run[]> {
  const runs: Run[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const whole = await anew(consumer, count, openWhole);
    runs.push({ ...whole, ...(await anew(consumer, count, openAndUse)) });
  }
  return runs;
}

function metricsOf(count: number, runs: readonly Run[], fewest: readonly Run[]): Metric[] {
  const each = (figure: (run: Run) => number) => runs.map(figure);
  const ratio = (figure: (run: Run) => number) => {
    const least = median(fewest.map(figure));
    return runs.map((run) => figure(run) / least);
  };
  const most = count === Math.max(...SIZES);
  const name = (what: string) => `${what}${count}`;
  const metrics: Metric[] = [
    { name: `${name('open')}Ms`, unit: 'ms', runs: each(({ openMs }) => openMs) },
    { name: `${name('openWhole')}Ms`, unit: 'ms', runs: each(({ wholeMs }) => wholeMs) },
    { name: `${name('heap')}MB`, unit: 'MB', runs: each(({ heapMB }) => heapMB), bound: 15 },
    { name: name('elements'), unit: 'elements', runs: each(({ elements }) => elements), bound: 300 },
    { name: `${name('append')}Ms`, unit: 'ms', runs: each(({ appendMs }) => appendMs), bound: 4 },
    { name: `${name('scrollLongestGap')}Ms`, unit: 'ms', runs: each(({ longestGapMs }) => longestGapMs), bound: 34 },
    { name: name('scrollBareFrames'), unit: 'frames', runs: each(({ bareFrames }) => bareFrames), bound: 0 },
    { name: `${name('slowKeyP95')}Ms`, unit: 'ms', runs: each(({ keyMs }) => keyMs), bound: 50 },
  ];
  if (!most) return metrics;
  return [
    ...metrics,
    { name: `${name('open')}Ratio`, unit: '×', runs: ratio(({ openMs }) => openMs), bound: 1.5 },
    { name: `${name('append')}Ratio`, unit: '×', runs: ratio(({ appendMs }) => appendMs), bound: 1.3 },
  ];
}

/** A conversation of few, many and very many messages, on the built files in Chromium against the sandbox. */
export const transcript: Group = {
  name: 'transcript',
  async measure(say) {
    const place = await openPlace();
    try {
      const consumer = await startConsumer(place);
      const found = new Map<number, Run[]>();
      for (const count of SIZES) {
        say(`${count} messages`);
        found.set(count, await runsOf(consumer, count));
      }
      const fewest = found.get(Math.min(...SIZES)) ?? [];
      return [...found].flatMap(([count, runs]) => metricsOf(count, runs, fewest));
    } finally {
      await place.close();
    }
  },
};
