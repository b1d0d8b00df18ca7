import { setTimeout } from 'node:timers/promises';
import { type Metric, RUNS } from '../metric.ts';
import type { Place } from '../place.ts';
import { within } from '../within.ts';
import { startVisit, type Visit } from './visit.ts';

/** Seconds of idleness, on a clock that the bench moves: two spans of 30 s and some more. */
const IDLE = 65;
/** Seconds for typing, receipts and announcements to come to rest first. */
const REST = 10;
/** Ms ahead of now at which the page's clock stops; less than a ping may go unanswered. */
const PAUSE = 5_000;
/** Ms of real time in which a page that has nothing to do comes to rest. */
const QUIET = 1_500;

async function answered(sockets: Visit['sockets']): Promise<void> {
  while ((await sockets.evaluate((probe) => probe.unanswered())) > 0) await setTimeout(2);
}

/** Moves the page's clock by seconds, and lets the service answer what was asked meanwhile. */
async function pass({ page, sockets }: Visit, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await page.clock.runFor(1000);
    await within(5_000, 'an answer of the service', answered(sockets));
  }
}

async function idleFrames(place: Place): Promise<number> {
  const visit = await startVisit(place, place.sandbox.port, (page) => page.clock.install());
  await visit.open();
  await visit.say('Is anybody there?');
  await visit.page.clock.pauseAt(new Date(Date.now() + PAUSE));
  await pass(visit, REST);
  const before = await visit.sockets.evaluate((probe) => probe.sent());
  await pass(visit, IDLE);
  const frames = (await visit.sockets.evaluate((probe) => probe.sent())) - before;
  await visit.leave();
  return frames;
}

/** Timers of a page on which nothing has been said: before the panel was ever open, and after it was closed again. */
async function timersAtRest(place: Place): Promise<{ before: number; after: number }> {
  const visit = await startVisit(place, place.sandbox.port);
  const pending = async () => {
    await setTimeout(QUIET);
    return visit.timers.evaluate((probe) => probe.pending());
  };
  const before = await pending();
  await visit.open();
  await visit.close();
  const after = await pending();
  await visit.leave();
  return { before, after };
}

/** What an online widget sends while nobody does anything, and what a closed one without a conversation waits for. */
export async function measureIdle(place: Place): Promise<Metric[]> {
  const frames: number[] = [];
  const timers: { before: number; after: number }[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    frames.push(await idleFrames(place));
    timers.push(await timersAtRest(place));
  }
  return [
    { name: 'idleFramesIn65s', unit: 'frames', runs: frames, bound: 2 },
    { name: 'timersBeforeOpening', unit: 'timers', runs: timers.map(({ before }) => before), bound: 0 },
    { name: 'timersAfterClosing', unit: 'timers', runs: timers.map(({ after }) => after), bound: 0 },
  ];
}
