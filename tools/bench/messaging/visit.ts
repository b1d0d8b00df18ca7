import type { JSHandle, Locator, Page } from 'playwright';
import type { Place } from '../place.ts';
import { type BareProbe, installBare } from '../probe/bare.ts';
import { installScreen, type ScreenProbe } from '../probe/screen.ts';
import { installSockets, type SocketsProbe } from '../probe/sockets.ts';
import { installTimers, type TimersProbe } from '../probe/timers.ts';

/** A consumer on the brand's page, with the probes in place. */
export interface Visit {
  readonly page: Page;
  readonly message: Locator;
  readonly screen: JSHandle<ScreenProbe>;
  readonly sockets: JSHandle<SocketsProbe>;
  readonly timers: JSHandle<TimersProbe>;
  readonly bare: JSHandle<BareProbe>;
  open(): Promise<void>;
  close(): Promise<void>;
  /** Sends a text and waits until the service has it. */
  say(text: string): Promise<void>;
  /** Ends the visit. */
  leave(): Promise<void>;
}

interface Probed {
  readonly screenProbe: ScreenProbe;
  readonly socketsProbe: SocketsProbe;
  readonly timersProbe: TimersProbe;
  readonly bareProbe: BareProbe;
}

/** `prepare` acts on the page before the probes and the widget are there. */
export async function startVisit(
  place: Place,
  port: number,
  prepare: (page: Page) => Promise<void> = async () => {},
): Promise<Visit> {
  const page = await place.visit(port, async (fresh) => {
    await prepare(fresh);
    for (const install of [installTimers, installBare, installSockets, installScreen])
      await fresh.addInitScript(install);
  });
  const panel = page.getByRole('dialog', { name: 'Chat' });
  const message = panel.getByRole('textbox', { name: 'Message', exact: true });
  return {
    page,
    message,
    screen: await page.evaluateHandle(() => (window as unknown as Probed).screenProbe),
    sockets: await page.evaluateHandle(() => (window as unknown as Probed).socketsProbe),
    timers: await page.evaluateHandle(() => (window as unknown as Probed).timersProbe),
    bare: await page.evaluateHandle(() => (window as unknown as Probed).bareProbe),
    async open() {
      await page.getByRole('button', { name: /^Open chat/ }).click();
      await message.waitFor();
    },
    async close() {
      await page.keyboard.press('Escape');
      await panel.waitFor({ state: 'hidden' });
    },
    async say(text) {
      await message.fill(text);
      await message.press('Enter');
      await panel
        .getByRole('article', { name: /, Sent$/ })
        .filter({ hasText: text })
        .waitFor();
    },
    leave: () => page.context().close(),
  };
}
