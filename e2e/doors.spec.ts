import type { Page } from '@playwright/test';
import { agentAt } from './agent.ts';
import { file, jpegOf } from './files.ts';
import { ACCOUNT, chatOn, expect, test } from './world.ts';

/** The public API on a brand's page: built files, foreign origins, a strict policy. */

/** Has every public event noted from before the loader on, with its detail. */
function noteEvents(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    const told: string[] = [];
    const warned: string[] = [];
    Object.assign(window, { told, warned });
    const names =
      'ready beforeopen open close unreadchange beforesend messagesent messagereceived conversationstart conversationend uploadstart uploadend linkclick connectionchange error destroy';
    for (const name of names.split(' ')) {
      document.addEventListener(`attache:${name}`, ({ detail }: CustomEventInit) => {
        told.push(`${name} ${JSON.stringify(detail)}`);
      });
    }
    const warn = console.warn;
    console.warn = (...what: unknown[]) => {
      warned.push(what.join(' '));
      warn(...what);
    };
  });
}

const toldOn = (page: Page) => page.evaluate(() => (window as unknown as { told: string[] }).told);
const warnedOn = (page: Page) => page.evaluate(() => (window as unknown as { warned: string[] }).warned);
const namesOn = async (page: Page) => (await toldOn(page)).map((line) => line.split(' ')[0]);

/** Calls a verb as a page does. */
function attache(page: Page, ...command: unknown[]): Promise<unknown> {
  return page.evaluate(
    (given) => (window as unknown as { attache(...command: unknown[]): unknown }).attache(...given),
    command,
  );
}

test('each public event comes once per transition, and says nothing of what is said', { tag: '@engines' }, async ({
  page,
  sites,
  sandbox,
}) => {
  await noteEvents(page);
  const chat = await chatOn(page, sites, sandbox.port);
  await chat.open();
  await chat.say('my secret');
  await expect(chat.panel.getByRole('article', { name: /, Sent$/ })).toHaveCount(1);
  await chat.drop(file('secret.jpg', 'image/jpeg', jpegOf(300_000)));
  await chat.send.click();
  await expect(chat.panel.getByRole('article', { name: /, Sent$/ })).toHaveCount(2);
  const agent = await agentAt(sandbox.port);
  await page.keyboard.press('Escape');
  await agent.say('a secret answer: https://example.com/secret');
  await expect(page.getByRole('button', { name: 'Open chat, 1 unread' })).toBeFocused();
  await attache(page, 'toggle');
  await page.evaluate(() => addEventListener('attache:linkclick', (event) => event.preventDefault()));
  await chat.panel.getByRole('link', { name: /example\.com/ }).click();
  await attache(page, 'toggle');
  agent.leave();
  await attache(page, 'destroy');

  const names = await namesOn(page);
  const counts = Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((n) => n === name).length]));
  expect(counts).toMatchObject({
    ready: 1,
    beforeopen: 2,
    open: 2,
    close: 2,
    conversationstart: 1,
    beforesend: 2,
    messagesent: 2,
    uploadstart: 1,
    uploadend: 1,
    messagereceived: 1,
    unreadchange: 2,
    linkclick: 1,
    destroy: 1,
  });
  const told = (await toldOn(page)).join('\n');
  expect(told).not.toMatch(/secret|https?:|eyJ/);
  const keys = new Set([...told.matchAll(/"(\w+)":/g)].map(([, key]) => key));
  expect([...keys].sort()).toEqual(['at', 'conversationId', 'count', 'files', 'reason', 'sameOrigin']);
  expect(page.url()).toContain(sites.brand);
  expect(chat.errors).toEqual([]);
});

test('commands are replayed in their order, boot twice is update, and mistakes are a warning each', {
  tag: '@engines',
}, async ({ page, sites, sandbox }) => {
  await noteEvents(page);
  await page.addInitScript(() => {
    const order: string[] = [];
    const q = [
      ['on', 'ready', () => order.push('ready')],
      ['ready', () => order.push('called back')],
      ['setTheme', 'dark'],
    ];
    const stub = (...command: unknown[]) => stub.q.push(command);
    stub.q = q as unknown[][];
    Object.assign(window, { attache: stub, order });
  });
  const chat = await chatOn(page, sites, sandbox.port);
  await page.goto(`${page.url()}&twice`);
  await chat.launcher.waitFor();
  expect(await page.evaluate('order')).toEqual(['ready', 'called back']);
  await attache(page, 'boot', { brandName: 'Another name' });
  await attache(page, 'fly');
  await attache(page, 'constructor');
  await chat.open();
  await expect(chat.panel.getByRole('heading', { name: 'Another name' })).toBeVisible();
  await expect(chat.panel.locator('xpath=..')).toHaveAttribute('data-theme', 'dark');
  expect(await page.locator('attache-chat').count()).toBe(1);
  const warned = (await warnedOn(page)).filter((line) => line.startsWith('Attaché'));
  expect(warned).toEqual(['Attaché: loaded twice', 'Attaché: no verb fly', 'Attaché: no verb constructor']);
  expect(chat.errors).toEqual([]);
});

test('before intent nothing is asked for; hovering fetches our own code, makes the panel, and nothing else', {
  tag: '@engines',
}, async ({ chat, sandbox }) => {
  await chat.launcher.waitFor();
  const before = chat.asked.length;
  await chat.launcher.hover();
  await expect.poll(() => chat.asked.length).toBe(before + 1);
  expect(chat.asked.at(-1)?.url).toBe(`${chat.sites.cdn}/widget/widget.js`);
  await chat.page.locator('.panel').waitFor({ state: 'attached' });
  await expect(chat.page.locator('.panel')).toBeHidden();
  await expect(chat.panel).toHaveCount(0);
  expect(await chat.page.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
  expect([chat.asked.length, sandbox.brand.consumers().length]).toEqual([before + 1, 0]);
  expect(await chat.page.evaluate('violations')).toEqual([]);
});

test('inline it fills its box, connects when somebody turns to it, and keeps its socket when it is moved', async ({
  page,
  sites,
  sandbox,
}) => {
  await page.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => {
      for (const id of ['one', 'two']) {
        const box = document.createElement('div');
        box.id = id;
        box.style.cssText = 'block-size:500px;inline-size:420px';
        document.body.append(box);
      }
      document.querySelector('#one')?.append(document.createElement('attache-chat'));
    });
  });
  const chat = await chatOn(page, sites, sandbox.port, { mode: 'inline' });
  const panel = page.getByRole('region', { name: 'Chat' });
  await expect(panel).toBeVisible();
  expect(await panel.boundingBox()).toEqual(await page.locator('#one').boundingBox());
  await expect(page.getByRole('button', { name: /Close chat|Open chat/ })).toHaveCount(0);
  expect(sandbox.brand.consumers()).toHaveLength(0);
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
  await panel.getByRole('textbox', { name: 'Message', exact: true }).fill('hello');
  await expect.poll(() => sandbox.brand.consumers()).toHaveLength(1);
  const connections = () => chat.asked.filter(({ url }) => /signup|authorize|authenticate/.test(url)).length;
  const before = connections();
  await page.evaluate(() => document.querySelector('#two')?.append(document.querySelector('attache-chat') as Element));
  await page.keyboard.press('Escape');
  await expect(panel).toBeVisible();
  expect(await panel.boundingBox()).toEqual(await page.locator('#two').boundingBox());
  await expect(panel.getByRole('textbox', { name: 'Message', exact: true })).toHaveValue('hello');
  expect([connections(), sandbox.brand.consumers().length]).toEqual([before, 1]);
});

test('a card number is masked before it is shown, kept or sent', { tag: '@engines' }, async ({
  page,
  sites,
  sandbox,
}) => {
  await page.addInitScript((door) => {
    Object.assign(window, {
      bootMore: {
        hooks: { outgoing: (text: string) => (window as unknown as { mask(t: string): string }).mask(text) },
      },
    });
    void import(door).then(({ maskCardNumbers }) => Object.assign(window, { mask: maskCardNumbers }));
  }, `${sites.cdn}/doors/maskCardNumbers.js`);
  const chat = await chatOn(page, sites, sandbox.port);
  await chat.open();
  await chat.say('it is 4111 1111 1111 1111');
  await expect(chat.articles).toHaveText([/it is \*{4} \*{4} \*{4} 1111/]);
  const agent = await agentAt(sandbox.port);
  expect(await agent.heard()).toEqual(['it is **** **** **** 1111']);
  agent.leave();
});

test('newMessage and attach fill in what the consumer sends, and take no focus without their act', async ({
  page,
  sites,
  sandbox,
}) => {
  await page.addInitScript(() => {
    // Whatever Playwright evaluates counts as an act of the consumer.
    const userActivation = { isActive: false };
    Object.defineProperty(navigator, 'userActivation', { value: userActivation });
    addEventListener('pointerdown', () => {
      userActivation.isActive = true;
    });
    addEventListener('load', () => {
      const { attache } = window as unknown as { attache(...command: unknown[]): void };
      attache('newMessage', 'Where is my order?');
      attache('attach', [new File(['a note'], 'note.txt', { type: 'text/plain' })]);
    });
  });
  const chat = await chatOn(page, sites, sandbox.port);
  await expect(chat.message).toHaveValue('Where is my order?');
  await expect(chat.panel.getByRole('button', { name: /Remove note\.txt/ })).toBeVisible();
  await expect(chat.articles).toHaveCount(0);
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
  await chat.panel.getByRole('button', { name: 'Close chat' }).click();
  await chat.open();
  await expect(chat.message).toBeFocused();
});

test('consent withdrawn empties storage, and the conversation goes on', { tag: '@engines' }, async ({ chat, page }) => {
  await chat.open();
  await chat.say('hello');
  await expect(chat.panel.getByRole('article', { name: /, Sent$/ })).toHaveCount(1);
  const kept = () => page.evaluate(() => Object.keys(sessionStorage).length);
  expect(await kept()).toBeGreaterThan(0);
  await attache(page, 'consent', false);
  await expect.poll(kept).toBe(0);
  await chat.say('and again');
  await expect(chat.panel.getByRole('article', { name: /, Sent$/ })).toHaveCount(2);
  expect(await kept()).toBe(0);
  await attache(page, 'consent', true);
  await expect.poll(kept).toBeGreaterThan(0);
});

test('another identity begins a new connection; theme, language and offset do not', async ({ chat, page, sandbox }) => {
  await chat.open();
  await expect.poll(() => sandbox.brand.consumers()[0]?.consumer ?? null).not.toBeNull();
  const first = sandbox.brand.consumers()[0]?.consumer;
  await attache(page, 'setTheme', 'dark');
  await attache(page, 'setLocale', 'nl');
  await attache(page, 'setOffset', { inline: 60 });
  expect(sandbox.brand.consumers()[0]?.consumer).toBe(first);
  const signup = await fetch(`http://localhost:${sandbox.port}/api/account/${ACCOUNT}/signup`, { method: 'POST' });
  await attache(page, 'identify', await signup.json());
  await expect.poll(() => sandbox.brand.consumers().map(({ consumer }) => consumer)).not.toContain(first);
  await expect(chat.panel).toBeVisible();
  expect(chat.errors).toEqual([]);
});

test('twenty lives on one page leave one socket, and none in the end', async ({ chat, page, sandbox }) => {
  await chat.launcher.waitFor();
  const nodes = () => page.evaluate(() => document.querySelectorAll('*').length);
  for (let life = 0; life < 20; life += 1) {
    await attache(page, 'open');
    await chat.panel.waitFor();
    await attache(page, 'destroy');
    await attache(page, 'boot');
  }
  const before = await nodes();
  await attache(page, 'open');
  await expect.poll(() => sandbox.brand.consumers()).toHaveLength(1);
  await attache(page, 'destroy');
  await expect.poll(() => sandbox.brand.consumers()).toHaveLength(0);
  expect(await nodes()).toBeLessThan(before);
  expect(chat.errors).toEqual([]);
});

test('a page that is only prerendered gets nothing until it is shown', async ({ page, sites, sandbox }) => {
  await page.addInitScript(() => {
    let hidden = true;
    Object.defineProperty(document, 'prerendering', { get: () => hidden });
    Object.assign(window, {
      showPage() {
        hidden = false;
        document.dispatchEvent(new Event('prerenderingchange'));
      },
    });
  });
  const chat = await chatOn(page, sites, sandbox.port);
  await page.waitForLoadState('load');
  expect(await page.locator('attache-chat').count()).toBe(0);
  await page.evaluate('showPage()');
  await chat.open();
  expect(chat.errors).toEqual([]);
});

test('without custom elements, and with a page’s names in the way, it boots all the same', { tag: '@engines' }, async ({
  page,
  sites,
  sandbox,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'customElements', { value: undefined });
    Object.assign(Object.prototype, { junk: 'of an old library' });
    addEventListener('DOMContentLoaded', () => {
      const image = document.createElement('img');
      image.setAttribute('name', 'currentScript');
      document.documentElement.prepend(image);
    });
  });
  const chat = await chatOn(page, sites, sandbox.port);
  await chat.open();
  await chat.say('hello');
  await expect(chat.panel.getByRole('article', { name: /, Sent$/ })).toHaveCount(1);
  await attache(page, 'destroy');
  expect(await page.locator('attache-chat').count()).toBe(0);
  expect(chat.errors).toEqual([]);
});
