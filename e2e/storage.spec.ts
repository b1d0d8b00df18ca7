import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { file, jpegOf } from './files.ts';
import { ACCOUNT, chatOn, expect, test } from './world.ts';

type Place = 'sessionStorage' | 'localStorage' | 'IndexedDB' | 'cookies';
type Found = Readonly<Record<Place, ReadonlySet<string>>>;

const NOTHING = found([], [], [], []);

function found(session: string[], local: string[], databases: string[], cookies: string[]): Found {
  return {
    sessionStorage: new Set(session),
    localStorage: new Set(local),
    IndexedDB: new Set(databases),
    cookies: new Set(cookies),
  };
}

/** Every name that the browser keeps for the brand's page and for everything it talks to. */
async function storedIn(page: Page): Promise<Found> {
  const names = await page.evaluate(async () => ({
    session: Object.keys(sessionStorage),
    local: Object.keys(localStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name ?? ''),
  }));
  const cookies = await page.context().cookies();
  return found(
    names.session,
    names.local,
    names.databases,
    cookies.map(({ name }) => name),
  );
}

/** What docs/privacy.md says is stored. */
function promised(persistence: 'session' | 'local'): Found {
  const rows = [...readFileSync('docs/privacy.md', 'utf8').matchAll(/^\| `([^`]+)` \| (\w+) \| (\w+) \|/gm)].map(
    ([, name = '', session = '', local = '']) => ({
      name: name.replace('{account}', ACCOUNT).replace(' (database)', ''),
      where: persistence === 'session' ? session : local,
    }),
  );
  // A brand's teaser has a test of its own; this page has none.
  const here = rows.filter(({ name }) => !name.endsWith(':teased'));
  const namesIn = (place: string) => here.flatMap(({ name, where }) => (where === place ? [name] : []));
  return found(namesIn('sessionStorage'), namesIn('localStorage'), namesIn('IndexedDB'), []);
}

for (const persistence of ['session', 'local', 'memory'] as const) {
  test(`[P1] before the first message nothing is stored, with ${persistence} persistence`, async ({
    page,
    sites,
    sandbox,
  }) => {
    const chat = await chatOn(page, sites, sandbox.port, { persistence });
    expect(await storedIn(page)).toEqual(NOTHING);
    await chat.open();
    await chat.message.fill('I am only thinking');
    await chat.drop(file('photo.jpg', 'image/jpeg', jpegOf(300_000)));
    await expect(chat.panel.getByRole('button', { name: /Remove photo\.jpg/ })).toBeVisible();
    await expect.poll(() => sandbox.brand.consumers()[0]?.consumer ?? null).not.toBeNull();
    expect(await storedIn(page)).toEqual(NOTHING);
  });
}

for (const persistence of ['session', 'local'] as const) {
  test(`[P5] after the first message only what docs/privacy.md names is stored, with ${persistence} persistence`, async ({
    page,
    sites,
    sandbox,
  }) => {
    const chat = await chatOn(page, sites, sandbox.port, { persistence });
    await chat.open();
    await chat.drop(file('photo.jpg', 'image/jpeg', jpegOf(300_000)));
    await chat.say('hello');
    await expect(chat.panel.getByRole('article', { name: /, Sent$/ })).toHaveCount(2);
    await chat.message.fill('and one more');
    // Everything that the table names is in use by now, so it must be found, and nothing else.
    expect(await storedIn(page)).toEqual(promised(persistence));
  });
}

test('[P2] with memory persistence nothing is stored after a message either', async ({ page, sites, sandbox }) => {
  const chat = await chatOn(page, sites, sandbox.port, { persistence: 'memory' });
  await chat.open();
  await chat.say('hello');
  await expect(chat.panel.getByRole('article', { name: /, Sent$/ })).toHaveCount(1);
  await chat.message.fill('and one more');
  expect(await storedIn(page)).toEqual(NOTHING);
});
