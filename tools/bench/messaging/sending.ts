import { type Metric, median, RUNS } from '../metric.ts';
import type { Place } from '../place.ts';
import type { SendFigures } from '../probe/screen.ts';
import { startRelay } from '../relay.ts';
import { within } from '../within.ts';
import { startVisit, type Visit } from './visit.ts';

/** Messages of one run; a run's figure is their median. */
const MESSAGES = 40;
const WARM_UP = 5;
/** Ms each way: an answer that comes sooner than the next frame waits for it, and when that is has nothing to do with us. */
const DISTANCE = 25;

interface Sample {
  readonly widget: SendFigures;
  /** The same frame by the bare chat, right before or afterwards. */
  readonly bare: SendFigures;
  /** Ms of the same frame to the echo and back, sent by a script without key or bubble. */
  readonly echoMs: number;
}

/** A consumer before both chats, and the echo that the bare one speaks to. */
interface Stand {
  readonly visit: Visit;
  readonly echo: string;
}

async function begin(place: Place, port: number, echoPort: number): Promise<Stand> {
  const echo = `ws://localhost:${echoPort}`;
  const visit = await startVisit(place, port);
  await visit.open();
  await visit.say('Is anybody there?');
  await visit.bare.evaluate((probe, url) => probe.start(url), echo);
  const stand = { visit, echo };
  for (let index = 0; index < WARM_UP; index += 1) await sample(stand, `Warming up, ${index}.`, false);
  return stand;
}

/** Writes a text, presses Enter right after a frame has begun, and tells what became of it. */
async function press(visit: Visit, where: 'widget' | 'bare', text: string): Promise<SendFigures> {
  const field = where === 'widget' ? visit.message : visit.page.getByRole('textbox', { name: 'Bare message' });
  await field.fill(text);
  await visit.screen.evaluate((probe, given) => probe.watchSend(...given), [text, where] as const);
  await visit.page.evaluate(() => new Promise(requestAnimationFrame));
  await field.press('Enter');
  return within(
    15_000,
    `"Sent" for "${text}"`,
    visit.screen.evaluate((probe) => probe.sendFigures()),
  );
}

async function pressInWidget(visit: Visit, text: string): Promise<SendFigures> {
  const figures = await press(visit, 'widget', text);
  const frame = await visit.sockets.evaluate((probe) => probe.lastPublish());
  if (!frame.includes(text)) throw new Error(`"${text}" was labelled as sent before it was published`);
  await visit.bare.evaluate((probe, given) => probe.load(given), frame);
  return figures;
}

/** `bareFirst`: with the frame of the message before, which is as long. */
async function sample({ visit, echo }: Stand, text: string, bareFirst: boolean): Promise<Sample> {
  const early = bareFirst ? await press(visit, 'bare', text) : null;
  const widget = await pressInWidget(visit, text);
  const bare = early ?? (await press(visit, 'bare', text));
  const frame = await visit.sockets.evaluate((probe) => probe.lastPublish());
  const echoMs = await visit.sockets.evaluate((probe, given) => probe.roundTrip(...given), [echo, frame] as const);
  return { widget, bare, echoMs };
}

async function runsOf(stand: Stand): Promise<Sample[][]> {
  const runs: Sample[][] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const samples: Sample[] = [];
    for (let index = 0; index < MESSAGES; index += 1)
      samples.push(await sample(stand, `Run ${run}, message ${index}.`, index % 2 === 1));
    runs.push(samples);
  }
  await stand.visit.leave();
  return runs;
}

type Figure = (sample: Sample) => number;
const each = (runs: readonly Sample[][], figure: Figure) => runs.map((samples) => median(samples.map(figure)));

const sentMs: Figure = ({ widget }) => widget.sentMs;
const bareMs: Figure = ({ bare }) => bare.sentMs;

/** Within each run, the one chat's median less the other's. */
function overhead(runs: readonly Sample[][]): number[] {
  const bare = each(runs, bareMs);
  return each(runs, sentMs).map((ms, run) => ms - (bare[run] ?? Number.NaN));
}

/** From Enter to the bubble on the screen, and to its "Sent" beside the barest chat on the same page. */
export async function measureSending(place: Place): Promise<Metric[]> {
  const services = await startRelay(place.sandbox.port, DISTANCE);
  const echo = await startRelay(place.echoPort, DISTANCE);
  const far = await runsOf(await begin(place, services.port, echo.port));
  await Promise.all([services.close(), echo.close()]);
  const near = await runsOf(await begin(place, place.sandbox.port, place.echoPort));
  return [
    { name: 'sendToPaintFrames', unit: 'frames', runs: each(far, ({ widget }) => widget.paintFrames), bound: 1 },
    { name: 'sendToDomMs', unit: 'ms', runs: each(far, ({ widget }) => widget.domMs) },
    { name: 'sendToPaintMs', unit: 'ms', runs: each(far, ({ widget }) => widget.paintMs) },
    { name: 'sendToSentMs', unit: 'ms', runs: each(far, sentMs) },
    { name: 'bareSendToSentMs', unit: 'ms', runs: each(far, bareMs) },
    { name: 'echoOverheadMs', unit: 'ms', runs: overhead(far), bound: 2 },
    { name: 'scriptEchoMs', unit: 'ms', runs: each(far, ({ echoMs }) => echoMs) },
    { name: 'nearSendToSentMs', unit: 'ms', runs: each(near, sentMs) },
    { name: 'nearBareSendToSentMs', unit: 'ms', runs: each(near, bareMs) },
    { name: 'nearEchoOverheadMs', unit: 'ms', runs: overhead(near) },
    { name: 'nearScriptEchoMs', unit: 'ms', runs: each(near, ({ echoMs }) => echoMs) },
  ];
}
