import type { Locator } from 'playwright';
import { type Metric, median, RUNS } from '../metric.ts';
import type { Place } from '../place.ts';
import type { SendFigures } from '../probe/screen.ts';
import { within } from '../within.ts';
import { startVisit, type Visit } from './visit.ts';

/** Messages of one run; a run's figure is their median. */
const MESSAGES = 40;
const WARM_UP = 5;

interface Sample {
  readonly widget: SendFigures;
  /** The same frame by the bare chat, right afterwards. */
  readonly bare: SendFigures;
  /** Ms of the same frame to the echo and back, sent by a script without key or bubble. */
  readonly echoMs: number;
}

/** Writes a text, presses Enter and tells what became of it. */
async function press(visit: Visit, field: Locator, text: string, where: 'widget' | 'bare'): Promise<SendFigures> {
  await field.fill(text);
  await visit.screen.evaluate((probe, given) => probe.watchSend(...given), [text, where] as const);
  await field.press('Enter');
  return within(
    15_000,
    `"Sent" for "${text}"`,
    visit.screen.evaluate((probe) => probe.sendFigures()),
  );
}

async function sample(visit: Visit, text: string, echo: string): Promise<Sample> {
  const widget = await press(visit, visit.message, text, 'widget');
  const frame = await visit.sockets.evaluate((probe) => probe.lastPublish());
  if (!frame.includes(text)) throw new Error(`"${text}" was labelled as sent before it was published`);
  await visit.bare.evaluate((probe, given) => probe.load(given), frame);
  const bare = await press(visit, visit.page.getByRole('textbox', { name: 'Bare message' }), text, 'bare');
  const echoMs = await visit.sockets.evaluate((probe, given) => probe.roundTrip(...given), [echo, frame] as const);
  return { widget, bare, echoMs };
}

async function samplesOf(visit: Visit, run: number, echo: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let index = 0; index < MESSAGES; index += 1) {
    samples.push(await sample(visit, `Run ${run}, message ${index}.`, echo));
  }
  return samples;
}

/** From Enter to the bubble on the screen, and to its "Sent" beside the barest chat on the same page. */
export async function measureSending(place: Place): Promise<Metric[]> {
  const echo = `ws://localhost:${place.echoPort}`;
  const visit = await startVisit(place, place.sandbox.port);
  await visit.open();
  await visit.say('Is anybody there?');
  await visit.bare.evaluate((probe, url) => probe.start(url), echo);
  for (let index = 0; index < WARM_UP; index += 1) await sample(visit, `Warming up, ${index}.`, echo);
  const runs: Sample[][] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await samplesOf(visit, run, echo));
  await visit.leave();
  const each = (figure: (sample: Sample) => number) => runs.map((samples) => median(samples.map(figure)));
  const sent = each(({ widget }) => widget.sentMs);
  const bare = each(({ bare }) => bare.sentMs);
  const against = (compare: (one: number, other: number) => number) =>
    sent.map((ms, run) => compare(ms, bare[run] ?? Number.NaN));
  return [
    { name: 'sendToPaintFrames', unit: 'frames', runs: each(({ widget }) => widget.paintFrames), bound: 1 },
    { name: 'sendToDomMs', unit: 'ms', runs: each(({ widget }) => widget.domMs) },
    { name: 'sendToPaintMs', unit: 'ms', runs: each(({ widget }) => widget.paintMs) },
    { name: 'sendToSentMs', unit: 'ms', runs: sent },
    { name: 'bareSendToSentMs', unit: 'ms', runs: bare },
    { name: 'echoOverheadMs', unit: 'ms', runs: against((ms, other) => ms - other), bound: 2 },
    { name: 'echoOverheadRatio', unit: '×', runs: against((ms, other) => ms / other) },
    { name: 'scriptEchoMs', unit: 'ms', runs: each(({ echoMs }) => echoMs) },
  ];
}
