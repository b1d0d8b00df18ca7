import { type Metric, median, RUNS } from '../metric.ts';
import type { Place } from '../place.ts';
import { startRelay } from '../relay.ts';
import { within } from '../within.ts';
import { joinAsAgent } from './agent.ts';
import { startVisit, type Visit } from './visit.ts';

/** Ms each way to the services; on one machine round trips would vanish beside everything else. */
const DISTANCE = 25;
const MISSED = 20;
const SAMPLES = 5;

interface Sample {
  /** Ms from the new socket's begin until all that was missed is painted. */
  readonly wholeMs: number;
  /** Connect and three round trips of a bare socket, ms. */
  readonly allowedMs: number;
}

async function bare({ sockets }: Visit, echo: string): Promise<number> {
  const connects: number[] = [];
  const trips: number[] = [];
  for (let index = 0; index < SAMPLES; index += 1) {
    connects.push(await sockets.evaluate((probe, url) => probe.connect(url), echo));
    trips.push(await sockets.evaluate((probe, url) => probe.roundTrip(url, '{}'), echo));
  }
  return median(connects) + 3 * median(trips);
}

async function cutOnce(
  place: Place,
  visit: Visit,
  say: (texts: string[]) => Promise<void>,
  run: number,
): Promise<number> {
  const texts = Array.from({ length: MISSED }, (_, index) => `Missed ${run}/${index}.`);
  await visit.screen.evaluate((probe, given) => probe.watchTexts(given), texts);
  const before = await visit.sockets.evaluate((probe) => probe.newestBegan());
  place.sandbox.brand.endConsumers(1006);
  await say(texts);
  const painted = await within(
    30_000,
    'what was missed',
    visit.screen.evaluate((probe) => probe.textsPaintedAt()),
  );
  const began = await visit.sockets.evaluate((probe) => probe.newestBegan());
  if (began === before) throw new Error('the messages came without a new connection');
  return painted - began;
}

/** The socket is cut and twenty messages are missed: how long a new one takes to show them, at a distance. */
export async function measureReconnect(place: Place): Promise<Metric[]> {
  const services = await startRelay(place.sandbox.port, DISTANCE);
  const echo = await startRelay(place.echoPort, DISTANCE);
  const visit = await startVisit(place, services.port);
  await visit.open();
  await visit.say('Is anybody there?');
  const agent = await joinAsAgent(place.sandbox.brand);
  const samples: Sample[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const allowedMs = await bare(visit, `ws://localhost:${echo.port}`);
    const wholeMs = await cutOnce(place, visit, agent.say, run);
    samples.push({ wholeMs, allowedMs });
  }
  agent.leave();
  await visit.leave();
  await Promise.all([services.close(), echo.close()]);
  return [
    { name: 'reconnectToTranscriptMs', unit: 'ms', runs: samples.map(({ wholeMs }) => wholeMs) },
    { name: 'connectAndThreeTripsMs', unit: 'ms', runs: samples.map(({ allowedMs }) => allowedMs) },
    { name: 'reconnectRatio', unit: '×', runs: samples.map((s) => s.wholeMs / s.allowedMs), bound: 1 },
  ];
}
