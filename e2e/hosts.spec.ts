import { writeFile } from 'node:fs/promises';
import { expect, type Journey, type Looks, mainJob, picture, test } from './hostile.ts';
import { HOSTS } from './hosts/hosts.ts';
import { differenceOf } from './pixels.ts';

/** Of the pixels of the widget's column. */
const MOST_DIFFERENT = 0.001;

const MOMENTS: readonly (keyof Looks)[] = ['launcher', 'welcome', 'conversation'];

/** What screen readers listen to: displayed, or it is not heard, and not to be seen. */
const REGIONS = ['status block visible fixed 1px 1px', 'alert block visible fixed 1px 1px'];

test.use({ viewport: { width: 1280, height: 720 } });

/** The page's own elements look and stand as they did before the chat came. */
async function expectFurniture(journey: Journey, when: string): Promise<void> {
  expect.soft(await journey.ask('furniture()'), `the page ${when}`).toEqual(await journey.ask('before'));
}

for (const host of HOSTS) {
  test(`on a hostile page: ${host.name}`, async ({ visited, cleanLooks }, info) => {
    const reference = host.reference ?? 'ltr';
    const clean = await cleanLooks(reference);
    const journey = await visited(host);
    await host.begin?.(journey);

    const looks = await mainJob(journey, reference, () => expectFurniture(journey, 'when the chat is open'));
    await expectFurniture(journey, 'after a conversation');
    expect.soft(await journey.ask('regions()'), 'live regions').toEqual(REGIONS);
    for (const moment of MOMENTS) {
      const { share, box } = differenceOf(clean[moment], looks[moment]);
      expect.soft(share, `${moment}, in ${JSON.stringify(box)}`).toBeLessThanOrEqual(MOST_DIFFERENT);
      if (share <= MOST_DIFFERENT) continue;
      await writeFile(info.outputPath(`${moment}-clean.png`), clean[moment]);
      await writeFile(info.outputPath(`${moment}-here.png`), looks[moment]);
    }

    await host.after?.(journey);
    await journey.frame.evaluate(`attache('destroy')`);
    await expect.poll(() => journey.ask('left()'), 'what is left behind').toEqual([]);
    expect.soft(await journey.ask('violations'), 'violations of the policy').toEqual([]);
    expect.soft(journey.errors, 'errors').toEqual([]);
  });
}

test('every kind of fault is seen when it is planted', async ({ visited }) => {
  const strict = HOSTS.find(({ name }) => name === 'strict-policy');
  if (!strict) throw new Error('no page with a strict policy');
  const journey = await visited(strict);
  const { launcher, frame } = journey;
  await launcher.click();
  await expect(journey.panel.locator('.header-mark[data-online=true]')).toBeVisible();
  expect((await journey.ask<string[]>('before')).length).toBeGreaterThanOrEqual(30);
  await expectFurniture(journey, 'without a fault');
  const before = await picture(journey, 'ltr');
  expect(differenceOf(before, await picture(journey, 'ltr')).share, 'one moment seen twice').toBe(0);

  await frame.evaluate(() => {
    const spot = document.createElement('i');
    // 24 × 24 of 448 × 720 pixels are 0.18 %.
    Object.assign(spot.style, { position: 'fixed', inset: '300px 100px auto auto', background: '#7a7a7a' });
    Object.assign(spot.style, { inlineSize: '24px', blockSize: '24px', zIndex: '2000' });
    document.querySelector('attache-chat')?.shadowRoot?.append(spot);
    const left = document.createElement('b');
    left.setAttribute('aria-live', 'polite');
    document.body.prepend(left);
    document.body.setAttribute('inert', '');
    document.querySelector<HTMLElement>('h2')?.style.setProperty('margin-block-end', '20.5px');
    document.querySelector('main')?.setAttribute('style', 'color: red');
    Object.assign(window, { ours: 1 });
    setTimeout(() => Reflect.get(window, 'missing').call());
  });
  const { share, box } = differenceOf(before, await picture(journey, 'ltr'));
  // `inert` may change a few pixels more.
  expect(share).toBeGreaterThanOrEqual((24 * 24) / (448 * 720));
  expect(share).toBeLessThan(0.0025);
  expect(box?.left).toBeLessThanOrEqual(324);
  expect(box?.bottom).toBeGreaterThanOrEqual(323);
  expect(await journey.ask('furniture()')).not.toEqual(await journey.ask('before'));
  expect(await journey.ask('regions()')).not.toEqual(REGIONS);
  const left = (await journey.ask<string[]>('left()')).join('\n');
  for (const fault of ['<b aria-live="polite"></b>', '<body inert="">', 'ours', '<attache-chat'])
    expect(left).toContain(fault);
  expect(await journey.ask('violations')).toEqual([expect.stringContaining('style-src')]);
  await expect.poll(() => journey.errors.join()).toMatch(/undefined/);
});
