import type { Group, Metric } from '../metric.ts';
import { RUNS } from '../metric.ts';
import { openPlace, type Place } from '../place.ts';
import { installSockets, type SocketsProbe } from '../probe/sockets.ts';
import { measureLauncher, measureShop } from './arriving.ts';
import { type Hosts, startHosts } from './hosts.ts';
import { measureOpening } from './opening.ts';
import { measureQuiet } from './quiet.ts';

/** Round trips of one run; a run's figure is their median. */
const TRIPS = 21;

/** What a network of no distance costs by itself. */
async function measureSocket(place: Place, hosts: Hosts): Promise<Metric[]> {
  const page = await place.newPage();
  await page.addInitScript(installSockets);
  await page.goto(hosts.address('bare', 'none'));
  const runs: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const trips = await page.evaluate(
      async ([url, count]) => {
        const { socketsProbe } = window as unknown as { socketsProbe: SocketsProbe };
        const found: number[] = [];
        for (let trip = 0; trip < count; trip += 1) found.push(await socketsProbe.roundTrip(url, '{}'));
        return found.sort((a, b) => a - b)[Math.floor(count / 2)] ?? Number.NaN;
      },
      [`ws://localhost:${place.echoPort}`, TRIPS] as const,
    );
    runs.push(trips);
  }
  await page.context().close();
  return [{ name: 'bareSocketTripMs', unit: 'ms', runs }];
}

/** What the widget does to the page that it is a guest on, until its panel is open. */
export const page: Group = {
  name: 'page',
  async measure(say) {
    const place = await openPlace();
    try {
      const hosts = await startHosts(place.sandbox.port);
      const metrics: Metric[] = [];
      const steps = {
        'before intent': measureQuiet,
        launcher: measureLauncher,
        shop: measureShop,
        opening: measureOpening,
      };
      for (const [name, step] of Object.entries(steps)) {
        say(name);
        metrics.push(...(await step(place, hosts)));
      }
      metrics.push(...(await measureSocket(place, hosts)));
      await hosts.close();
      return metrics;
    } finally {
      await place.close();
    }
  },
};
