import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentAt } from './agent.ts';
import { freePort, type ServicesPlace, startServices } from './services.ts';
import { ACCOUNT, chatOn, expect, test } from './world.ts';

async function inject({ port }: ServicesPlace, fault: object): Promise<void> {
  await fetch(`http://localhost:${port}/api/account/${ACCOUNT}/sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify(fault),
  });
}

/** How many consumers are connected. */
async function connected({ port }: ServicesPlace): Promise<number> {
  const answer = await fetch(`http://localhost:${port}/api/account/${ACCOUNT}/sandbox/consumers`);
  return ((await answer.json()) as { consumers: unknown[] }).consumers.length;
}

/** What becomes of a publish that is under way when the services die. */
for (const { fate, fault, looks } of [
  { fate: 'carried out and not answered', fault: { fault: 'delay', ms: 60_000 }, looks: false },
  { fate: 'not carried out', fault: { fault: 'lose-request', type: 'ms.PublishEvent', times: 10 }, looks: true },
] as const) {
  test(`[O3] the service dies with a publish ${fate}: after its restart everything is there once`, async ({
    page,
    sites,
  }) => {
    const data = await mkdtemp(join(tmpdir(), 'attache-restart-'));
    const place: ServicesPlace = { port: await freePort(), storePort: await freePort(), data };
    let services = await startServices(place);
    try {
      const chat = await chatOn(page, sites, place.port);
      const sent = chat.panel.getByRole('article', { name: /, (Sent|Delivered|Read)$/ });
      await chat.open();
      await chat.say('hello');
      await expect(sent).toHaveCount(1);
      const agent = await agentAt(place.port);
      await agent.say('good morning');
      await expect(chat.articles).toHaveText([/hello/, /good morning/]);

      // The sandbox writes a little later than it answers; a service that forgets what it has answered is another story.
      const kept = async (text: string) => (await readFile(join(data, 'brand.json'), 'utf8')).includes(text);
      await expect.poll(() => kept('good morning')).toBe(true);

      await inject(place, fault);
      await chat.say('on its way');
      await expect(chat.panel.getByRole('article', { name: /, Sending$/ })).toHaveCount(1);
      if (fault.fault === 'delay') await expect.poll(() => kept('on its way')).toBe(true);
      await services.kill();
      await chat.say('while it is down');
      await expect(chat.panel.getByRole('article', { name: /, Waiting to send$/ })).not.toHaveCount(0);

      services = await startServices(place);
      const back = Date.now();
      // Coming back to the page cuts the wait short [C8]; without it the next try may be seconds away [C4].
      if (looks) await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
      await expect(sent).toHaveCount(3, { timeout: 20_000 });
      test.info().annotations.push({ type: 'complete after the restart', description: `${Date.now() - back} ms` });
      const all = ['hello', 'good morning', 'on its way', 'while it is down'];
      await expect(chat.articles).toHaveText(all.map((text) => new RegExp(text)));
      const witness = await agentAt(place.port);
      expect(await witness.heard()).toEqual(all);
      expect(await connected(place)).toBe(1);
      agent.leave();
      witness.leave();
    } finally {
      await services.kill();
      await rm(data, { recursive: true });
    }
  });
}
