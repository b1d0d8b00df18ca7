import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { listen } from '../src/sandbox/listen.ts';
import { startSandbox } from '../src/sandbox/server.ts';
import { agentAt } from './agent.ts';
import { file, jpegOf } from './files.ts';
import type { Host, Reference, Visit } from './hosts/host.ts';
import { hostPages } from './hosts/hosts.ts';
import { CLEAN } from './hosts/styles.ts';
import { ACCOUNT, expect, test as worldTest } from './world.ts';

/** The widget's looks at the three moments that are compared; PNG. */
export interface Looks {
  readonly launcher: Buffer;
  readonly welcome: Buffer;
  readonly conversation: Buffer;
}

/** One consumer's visit with services of its own. */
export interface Journey extends Visit {
  /** Port of the services. */
  readonly services: number;
  /** Uncaught errors and console errors of the page. */
  readonly errors: readonly string[];
  /** What `window.host` of the page says. */
  ask<T>(what: string): Promise<T>;
  end(): Promise<void>;
}

/** Addresses that last as long as a worker. */
export interface Places {
  /** Origin of the hosts. */
  readonly origin: string;
  readonly cdn: string;
}

const VIEWPORT = { width: 1280, height: 720 };
/** The columns, px wide, at the edge of the page where the widget is; nothing of the host's is there. */
const COLUMN = 448;
const PHOTO = file('garden.jpg', 'image/jpeg', jpegOf(300_000));

/** Times of day are the one thing that two conversations cannot have in common. */
const NOON = `Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', { get: () => () => '12:00' })`;

function contextOf(reference: Reference): BrowserContextOptions {
  const colorScheme = reference === 'dark' ? 'dark' : 'light';
  return { viewport: VIEWPORT, locale: 'en-GB', timezoneId: 'Europe/London', colorScheme };
}

/** Goes to a host and finds the widget in it. */
export async function visit(page: Page, host: Host, { origin, cdn }: Places): Promise<Journey> {
  // Any origin may read the store: a sandboxed frame's is "null".
  const services = await startSandbox({ port: 0, storePort: 0, agent: false });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const boot = {
    account: ACCOUNT,
    domainApi: `http://localhost:${services.port}`,
    brandName: 'Meadow Support',
    welcome: 'Hello. What can we do for you?',
    suggestions: ['Where is my order?', 'Something is broken'],
    persistence: 'memory',
  };
  const query = new URLSearchParams({ loader: `${cdn}/loader.js`, boot: JSON.stringify(boot) });
  await page.addInitScript(NOON);
  await page.emulateMedia({ colorScheme: host.reference === 'dark' ? 'dark' : 'light' });
  await page.goto(`${origin}/${host.framed ? 'framed/' : ''}${host.name}?${query}`);
  const frame = host.framed ? page.frame('host') : page.mainFrame();
  if (!frame) throw new Error('the frame with the host is not there');
  const panel = frame.getByRole('dialog', { name: 'Chat' });
  return {
    page,
    frame,
    panel,
    launcher: frame.getByRole('button', { name: /^(Open|Close) chat/ }).first(),
    message: panel.getByRole('textbox', { name: 'Message', exact: true }),
    services: services.port,
    errors,
    ask: <T>(what: string) => frame.evaluate(`window.host.${what}`) as Promise<T>,
    end: () => services.close(),
  };
}

/** Where the widget is to be: at the end of the page's direction. */
function columnOf(reference: Reference) {
  const x = reference === 'rtl' ? 0 : VIEWPORT.width - COLUMN;
  return { x, y: 0, width: COLUMN, height: VIEWPORT.height };
}

/** A picture of the widget's column when everything in it has come to rest. */
export async function picture({ page, frame }: Journey, reference: Reference): Promise<Buffer> {
  await page.mouse.move(VIEWPORT.width / 2, 1);
  await frame.evaluate(async () => {
    const root = document.querySelector('attache-chat')?.shadowRoot;
    if (!root) throw new Error('no widget');
    // A caret blinks. Playwright's own way to hide it is a style element, which strict policies refuse.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('textarea{caret-color:transparent!important}');
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    await document.fonts.ready;
    const moving = () =>
      root.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    while (moving().length > 0) {
      // One that is taken away rejects, and has come to rest too.
      for (const { finished } of moving()) await finished.catch(() => {});
    }
  });
  return page.screenshot({ clip: columnOf(reference), caret: 'initial', animations: 'allow' });
}

/** Opens the chat, writes, hears the answer and sends a photo; calls `opened` as soon as the panel is open. */
export async function mainJob(
  journey: Journey,
  reference: Reference,
  opened: () => Promise<void> = async () => {},
): Promise<Looks> {
  const { panel, launcher, message, frame } = journey;
  const sent = panel.getByRole('article', { name: /, Sent$/ });
  await expect(launcher).toBeVisible();
  const closed = await picture(journey, reference);
  await launcher.click();
  await expect(message).toBeFocused();
  await expect(panel.locator('.header-mark[data-online=true]')).toBeVisible();
  const welcome = await picture(journey, reference);
  const column = columnOf(reference);
  for (const [name, part] of Object.entries({ panel, launcher })) {
    const middle = await part.evaluate((node) => {
      const { x, width } = node.getBoundingClientRect();
      return x + width / 2;
    });
    expect(Math.abs(middle - column.x - column.width / 2), `${name} is in its column`).toBeLessThan(COLUMN / 2);
  }
  await opened();

  await message.pressSequentially('hello');
  await message.press('Enter');
  await expect(sent).toHaveCount(1);
  const agent = await agentAt(journey.services);
  await agent.say('Good morning! What are you growing, and in what kind of soil?');
  await expect(panel.getByText('Good morning!')).toBeVisible();
  await panel.locator('input[type=file]').first().setInputFiles(PHOTO);
  await expect(panel.getByRole('button', { name: 'Remove garden.jpg' })).toBeVisible();
  await panel.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(sent).toHaveCount(2);
  await expect(panel.locator('.photo-real[data-loaded=true]')).toBeVisible();
  expect(await agent.heard()).toEqual(['hello', expect.stringContaining('Good morning'), 'garden.jpg']);
  agent.leave();
  await expect.poll(() => frame.evaluate(isAtEnd)).toBe(true);
  return { launcher: closed, welcome, conversation: await picture(journey, reference) };
}

function isAtEnd(): boolean {
  const scroller = document.querySelector('attache-chat')?.shadowRoot?.querySelector('.scroller');
  return !!scroller && scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 1;
}

async function looksOfClean(browser: Browser, places: Places, reference: Reference): Promise<Looks> {
  const clean = CLEAN.find((one) => (one.reference ?? 'ltr') === reference);
  if (!clean) throw new Error(`no clean page for ${reference}`);
  const context = await browser.newContext(contextOf(reference));
  const journey = await visit(await context.newPage(), clean, places);
  try {
    return await mainJob(journey, reference);
  } finally {
    await context.close();
    await journey.end();
  }
}

interface Fixtures {
  /** A visit to the host, ended with the test. */
  readonly visited: (host: Host) => Promise<Journey>;
}

interface WorkerFixtures {
  readonly places: Places;
  /** The widget on a clean page of this kind, looked at once. */
  readonly cleanLooks: (reference: Reference) => Promise<Looks>;
}

export const test = worldTest.extend<Fixtures, WorkerFixtures>({
  visited: async ({ page, places }, use) => {
    const journeys: Journey[] = [];
    await use(async (host) => {
      const journey = await visit(page, host, places);
      journeys.push(journey);
      return journey;
    });
    for (const journey of journeys) await journey.end();
  },
  places: [
    async ({ sites }, use) => {
      const pages = await listen(hostPages, 0);
      await use({ origin: `http://127.0.0.1:${pages.port}`, cdn: sites.cdn });
      await pages.close();
    },
    { scope: 'worker' },
  ],
  cleanLooks: [
    async ({ browser, places }, use) => {
      const known = new Map<Reference, Promise<Looks>>();
      await use((reference) => {
        const looks = known.get(reference) ?? looksOfClean(browser, places, reference);
        known.set(reference, looks);
        return looks;
      });
    },
    { scope: 'worker' },
  ],
});

export { expect };
