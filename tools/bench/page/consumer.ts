import type { CDPSession, JSHandle, Locator, Page } from 'playwright';
import type { BrandSnapshot } from '../../../src/sandbox/brand.ts';
import type { Place } from '../place.ts';
import { within } from '../within.ts';
import { installTranscript, type TranscriptProbe } from './probe/transcript.ts';

/** A consumer who has written once, and comes back to the page as often as they are asked to. */
export interface Consumer {
  /** What the services remember of them. */
  readonly kept: BrandSnapshot;
  readonly conversationId: string;
  readonly page: Page;
  readonly devtools: CDPSession;
  readonly launcher: Locator;
  readonly message: Locator;
  /** Loads the page anew, with the services on this port. */
  comeBack(port: number): Promise<JSHandle<TranscriptProbe>>;
  leave(): Promise<void>;
}

/** Rejects where the widget does not get to its first "Sent". */
export async function startConsumer(place: Place): Promise<Consumer> {
  const page = await place.visit(place.sandbox.port, async (fresh) => {
    await fresh.addInitScript(installTranscript);
  });
  const launcher = page.getByRole('button', { name: /^Open chat/ });
  const panel = page.getByRole('dialog', { name: 'Chat' });
  const message = panel.getByRole('textbox', { name: 'Message', exact: true });
  await launcher.click();
  await message.fill('Is anybody there?');
  await message.press('Enter');
  await panel.getByRole('article', { name: /, Sent$/ }).waitFor();
  const kept = place.sandbox.brand.snapshot();
  const conversation = kept.accounts.flatMap(({ conversations }) => conversations).at(-1);
  if (!conversation) throw new Error('a message was labelled as sent, and there is no conversation');
  const address = new URL(page.url());
  const devtools = await page.context().newCDPSession(page);
  page.setDefaultTimeout(30_000);
  return {
    kept,
    conversationId: conversation.id,
    page,
    devtools,
    launcher,
    message,
    async comeBack(port) {
      const boot = JSON.parse(address.searchParams.get('boot') ?? '{}') as object;
      address.searchParams.set('boot', JSON.stringify({ ...boot, domainApi: `http://localhost:${port}` }));
      await page.goto('about:blank');
      await page.goto(address.href);
      return page.evaluateHandle(() => (window as unknown as { transcriptProbe: TranscriptProbe }).transcriptProbe);
    },
    leave: () => page.context().close(),
  };
}

/** Until the launcher tells of the last message: then the whole history has come and been read. */
export async function untilHistoryIsThere({ page }: Consumer): Promise<void> {
  const badge = page.getByRole('button', { name: /^Open chat, 1 unread/ });
  await within(60_000, 'the history', badge.waitFor({ timeout: 60_000 }));
}

/** Bytes of the page's JavaScript heap after everything that can go has gone. */
export async function heapOf({ devtools }: { readonly devtools: CDPSession }): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('Performance.enable');
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
}
