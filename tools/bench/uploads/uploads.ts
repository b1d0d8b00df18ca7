import { startSwift, swiftAvailable } from '../../../e2e/swift/swift.ts';
import { listen } from '../../../src/sandbox/listen.ts';
import { createObjectStore } from '../../../src/sandbox/objectStore.ts';
import { startSandbox } from '../../../src/sandbox/server.ts';
import { sign } from '../../../src/sandbox/sign.ts';
import { startVisit } from '../messaging/visit.ts';
import { type Group, type Metric, median, RUNS } from '../metric.ts';
import { ACCOUNT, openPlace, type Place } from '../place.ts';
import { startRelay } from '../relay.ts';
import { within } from '../within.ts';
import { installUploads, type UploadProbe } from './probe.ts';

/** Ms each way to the services and to the store; on one machine round trips would vanish beside everything else. */
const DISTANCE = 25;
/** Photos of one run; a run's figure is made of their medians. */
const PHOTOS = 3;
const KEY = 'bench-temp-url-key';
const PATIENCE = 30_000;

interface Store {
  readonly port: number;
  close(): Promise<void>;
}

/** A real Swift, or the sandbox's store where there is none. */
async function openStore(say: (line: string) => void): Promise<Store> {
  const available = swiftAvailable();
  if (available === true) {
    const swift = await startSwift({ origins: ['*'], key: KEY, containers: [ACCOUNT] });
    return { port: Number(new URL(swift.url).port), close: swift.stop };
  }
  say(`with the sandbox's store: ${available}`);
  const listening = await listen(createObjectStore({ keys: [KEY], allowedOrigins: 'any' }).handle, 0);
  return listening;
}

/** Signed as the service signs, for an object of its own. */
function bareUrl(storePort: number, index: number): string {
  const expires = Math.floor(Date.now() / 1000) + 60;
  const path = `/v1/AUTH_async-images/${ACCOUNT}/bare-${index}.JPG`;
  return `http://localhost:${storePort}${path}?temp_url_sig=${sign(KEY, 'PUT', expires, path)}&temp_url_expires=${expires}`;
}

interface Sample {
  readonly prepareMs: number;
  readonly sendMs: number;
  readonly putMs: number;
  readonly barePutMs: number;
  readonly tripMs: number;
}

async function samplesOf(place: Place, servicesPort: number, storePort: number, echo: string): Promise<Sample[][]> {
  const visit = await startVisit(place, servicesPort, async (page) => {
    await page.addInitScript(installUploads);
  });
  const probe = await visit.page.evaluateHandle(() => (window as unknown as { uploadProbe: UploadProbe }).uploadProbe);
  await visit.open();
  await visit.say('Is anybody there?');
  await probe.evaluate((page) => page.draw());
  let count = 0;

  async function sample(): Promise<Sample> {
    count += 1;
    const name = `photo-${count}.jpg`;
    const ask = <T>(what: string, work: Promise<T>) => within(PATIENCE, what, work);
    const barePutMs = await ask(
      'a bare PUT',
      probe.evaluate((page, url) => page.barePut(url), bareUrl(storePort, count)),
    );
    const prepareMs = await ask(
      `${name} in the tray`,
      probe.evaluate((page, given) => page.drop(given), name),
    );
    const sendMs = await ask(
      `"Sent" for ${name}`,
      probe.evaluate((page, given) => page.send(given), name),
    );
    const putMs = await ask(
      `the PUT of ${name}`,
      probe.evaluate((page) => page.lastPut()),
    );
    const tripMs = await visit.sockets.evaluate((page, url) => page.roundTrip(url, '{}'), echo);
    return { prepareMs, sendMs, putMs, barePutMs, tripMs };
  }

  await sample();
  const runs: Sample[][] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const samples: Sample[] = [];
    for (let index = 0; index < PHOTOS; index += 1) samples.push(await sample());
    runs.push(samples);
  }
  await visit.leave();
  return runs;
}

function metricsOf(runs: readonly Sample[][]): Metric[] {
  const each = (figure: (sample: Sample) => number) => runs.map((samples) => median(samples.map(figure)));
  const sum = ({ prepareMs, putMs, tripMs }: Sample) => prepareMs + 2 * tripMs + putMs;
  return [
    { name: 'barePutMs', unit: 'ms', runs: each(({ barePutMs }) => barePutMs) },
    { name: 'putMs', unit: 'ms', runs: each(({ putMs }) => putMs) },
    // A throughput of 0.95 is a time of 1 / 0.95.
    { name: 'putToBareRatio', unit: '×', runs: each(({ putMs, barePutMs }) => putMs / barePutMs), bound: 1 / 0.95 },
    { name: 'dropToPublishedMs', unit: 'ms', runs: each(({ prepareMs, sendMs }) => prepareMs + sendMs) },
    {
      name: 'dropToPublishedOfPartsRatio',
      unit: '×',
      runs: each((sample) => (sample.prepareMs + sample.sendMs) / sum(sample)),
      bound: 1.1,
    },
  ];
}

/** A photo's way into the store beside the barest PUT, and from its drop to "Sent" beside the sum of the parts. */
export const uploads: Group = {
  name: 'uploads',
  async measure(say) {
    const place = await openPlace();
    const store = await openStore(say);
    const nearStore = await startRelay(store.port, DISTANCE);
    const url = `http://localhost:${nearStore.port}`;
    const sandbox = await startSandbox({ port: 0, storePort: 0, agent: false, swift: { url, key: KEY } });
    const services = await startRelay(sandbox.port, DISTANCE);
    const echo = await startRelay(place.echoPort, DISTANCE);
    try {
      say(`${RUNS} × ${PHOTOS} photos, ${DISTANCE} ms away`);
      return metricsOf(await samplesOf(place, services.port, nearStore.port, `ws://localhost:${echo.port}`));
    } finally {
      await place.close();
      await Promise.all([services.close(), nearStore.close(), echo.close()]);
      await sandbox.close();
      await store.close();
    }
  },
};
