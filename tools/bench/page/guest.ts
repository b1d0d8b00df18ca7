import type { CDPSession, JSHandle, Locator, Page } from 'playwright';
import type { Place } from '../place.ts';
import { within } from '../within.ts';
import { installLoading, type LoadingProbe } from './probe/loading.ts';

/** As the machine is, or a slow phone: a quarter of the processor, 1.6 Mbit/s down, 0.75 up, 150 ms to everywhere. */
export type Profile = 'fast' | 'slow';

const SLOWER = 4;
const NETWORK = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
/** Ms in which nothing must have been loaded for a page to have come to rest. */
const QUIET = 800;
const PATIENCE = 60_000;

/** A page in a browser profile of its own. */
export interface Visited {
  readonly page: Page;
  readonly devtools: CDPSession;
  readonly probe: JSHandle<LoadingProbe>;
  /** The widget's or a floor's. */
  readonly launcher: Locator;
  /** Addresses of everything that has been asked for. */
  readonly requests: readonly string[];
  /** Ms from the beginning of the page until its launcher has been painted. */
  launcherShownAt(): Promise<number>;
  /** Ms from a click until a field can be written in. `click` makes it. */
  panelMs(click: () => Promise<void>): Promise<number>;
  /** Until nothing has been asked for in a while. */
  rest(): Promise<void>;
  leave(): Promise<void>;
}

/** Loads the address and waits for its `load` event. */
export async function visitPage(place: Place, address: string, profile: Profile): Promise<Visited> {
  const page = await place.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.addInitScript(installLoading);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const devtools = await page.context().newCDPSession(page);
  if (profile === 'slow') {
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', NETWORK);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  }
  await page.goto(address);
  const probe = await page.evaluateHandle(() => (window as unknown as { loadingProbe: LoadingProbe }).loadingProbe);
  const launcher = page.getByRole('button', { name: /^(Open chat|Chat$)/ });
  return {
    page,
    devtools,
    probe,
    launcher,
    requests,
    async launcherShownAt() {
      const shown = probe.evaluate((it) => it.launcherShownAt());
      return within(PATIENCE, 'the launcher', shown);
    },
    async panelMs(click) {
      await probe.evaluate((it) => it.watchPanel());
      await click();
      const opened = probe.evaluate((it) => it.panelMs());
      return within(PATIENCE, 'the panel', opened);
    },
    async rest() {
      for (let known = -1; known !== requests.length; ) {
        known = requests.length;
        await page.waitForTimeout(QUIET);
      }
    },
    leave: () => page.context().close(),
  };
}
