import { agentAt } from './agent.ts';
import { file, jpegOf } from './files.ts';
import { type Chat, chatOn, expect, test } from './world.ts';

const photo = file('photo.jpg', 'image/jpeg', jpegOf(300_000));

/** Own messages that the service has numbered. */
const sent = (chat: Chat) => chat.panel.getByRole('article', { name: /, (Sent|Delivered|Read)$/ });
const waiting = (chat: Chat) => chat.panel.getByRole('article', { name: /, Waiting to send$/ });
const puts = (chat: Chat) => chat.asked.filter(({ method }) => method === 'PUT').length;

test('[O1] what is written while the network is gone goes once it is back, and what was said meanwhile is there once', {
  tag: '@engines',
}, async ({ chat, sandbox }) => {
  await chat.open();
  await chat.say('hello');
  await expect(sent(chat)).toHaveCount(1);
  const agent = await agentAt(sandbox.port);
  await agent.say('good morning');
  await expect(chat.articles).toHaveText([/hello/, /good morning/]);

  // The end is seen before the network goes: a browser that emulates that may hold it back. The next try is a second away.
  await chat.page.evaluate('Math.random = () => 0.999');
  sandbox.brand.endConsumers(1006);
  await expect(chat.panel.getByText(/reconnecting/i).first()).toBeVisible();
  await chat.page.context().setOffline(true);
  await chat.say('are you there');
  await chat.say('I have no network');
  await expect(waiting(chat)).toHaveCount(2);
  await agent.say('one', 'two');

  await chat.page.context().setOffline(false);
  await expect(sent(chat)).toHaveCount(3);
  const heard = ['hello', 'good morning', 'one', 'two', 'are you there', 'I have no network'];
  expect(await agent.heard()).toEqual(heard);
  await expect(chat.articles).toHaveText(heard.map((text) => new RegExp(text)));
  expect(sandbox.brand.consumers()).toHaveLength(1);
  agent.leave();
});

test('[C6] a connection that has gone silent is given up, and nothing is lost or doubled', { tag: '@engines' }, async ({
  page,
  sites,
  sandbox,
}) => {
  await page.clock.install();
  const chat = await chatOn(page, sites, sandbox.port);
  await chat.open();
  await chat.say('hello');
  await expect(sent(chat)).toHaveCount(1);
  const agent = await agentAt(sandbox.port);

  sandbox.brand.inject({ fault: 'silence' });
  await chat.say('said into the silence');
  await agent.say('one', 'two');
  await page.clock.fastForward(8_000);
  await expect(chat.articles).toHaveText([/hello/, /said into the silence/]);
  await page.clock.fastForward(3_000);

  await expect(sent(chat)).toHaveCount(2);
  await expect(chat.articles).toHaveCount(4);
  const heard = ['hello', 'one', 'two', 'said into the silence'];
  expect(await agent.heard()).toEqual(heard);
  await expect(chat.articles).toHaveText(heard.map((text) => new RegExp(text)));
  expect(sandbox.brand.consumers().filter(({ faults }) => !faults.silent)).toHaveLength(1);
  agent.leave();
});

test('[C7] an identity that expires during an upload is renewed, and the file is stored and published once', async ({
  page,
  sites,
  sandbox,
}) => {
  const tokens: string[] = [];
  await page.exposeFunction('brandToken', () => {
    tokens.push(brandToken('jo', 3600));
    return tokens.at(-1);
  });
  await page.addInitScript('window.bootMore = { getToken: () => window.brandToken() }');
  const chat = await chatOn(page, sites, sandbox.port);
  await chat.open();
  await chat.say('hello');
  await expect(sent(chat)).toHaveCount(1);
  const agent = await agentAt(sandbox.port);
  const complaints = await complaintsOf(chat);

  sandbox.store?.fail(({ method }) => method === 'PUT', { how: 'delay', ms: 1_500 });
  await chat.drop(photo);
  await chat.send.click();
  await expect.poll(() => puts(chat)).toBe(1);
  expect(sandbox.brand.inject({ fault: 'expire' })).toBe(1);

  await expect(sent(chat)).toHaveCount(2);
  expect(await agent.heard()).toEqual(['hello', 'photo.jpg']);
  expect(puts(chat)).toBe(1);
  expect(tokens).toHaveLength(2);
  expect(await complaints()).toEqual([]);
  agent.leave();
});

test('[O7] a message that the service has forgotten says so, and is sent again when the consumer wants it', async ({
  chat,
  sandbox,
}) => {
  await chat.open();
  await chat.say('hello');
  await expect(sent(chat)).toHaveCount(1);
  const agent = await agentAt(sandbox.port);
  await agent.say('good morning');
  await expect(chat.articles).toHaveCount(2);
  await chat.say('cancel my order');
  await expect(sent(chat)).toHaveCount(2);
  const [conversation] = sandbox.brand.snapshot().accounts[0]?.conversations ?? [];
  const events = conversation?.dialogs[0]?.events ?? [];
  // Receipts stand among the messages, and may have come after the last one.
  const from = events.findIndex(({ event }) => event.message === 'cancel my order');
  sandbox.brand.inject({ fault: 'forget', events: events.length - from });
  agent.leave();

  const forgotten = chat.panel.getByRole('article', { name: /, Not sure this arrived$/ });
  await expect(forgotten).toHaveText(/cancel my order/);
  await forgotten.getByRole('button', { name: 'Send again' }).click();
  await expect(sent(chat)).toHaveCount(2);
  await expect(chat.articles).toHaveText([/hello/, /good morning/, /cancel my order/]);
});

test('[O4] a photo and a text that wait when the page is reloaded arrive once, without the panel being opened', {
  tag: '@engines',
}, async ({ chat, sandbox }) => {
  sandbox.brand.inject({ fault: 'restart', ms: 600_000 });
  await chat.open();
  await chat.drop(photo);
  await chat.say('this is what it looks like');
  await expect(waiting(chat)).toHaveCount(2);
  await expect.poll(() => keptIn(chat)).toBe(2);
  await chat.page.reload();
  await expect(chat.launcher).toBeVisible();
  sandbox.brand.inject({ fault: 'none' }, { on: 'all' });

  const agent = await agentAt(sandbox.port);
  await expect.poll(agent.heard, { timeout: 15_000 }).toEqual(['photo.jpg', 'this is what it looks like']);
  expect(puts(chat)).toBe(1);
  await expect(chat.panel).toHaveCount(0);
  await agent.say('thank you', 'we are on it');
  await expect(chat.page.getByRole('button', { name: 'Open chat, 2 unread' })).toBeVisible();

  await chat.open();
  await expect(chat.articles).toHaveText([/^\d/, /looks like/, /thank you/, /we are on it/]);
  await expect(chat.articles.first().getByRole('img', { name: /photo\.jpg/ })).toBeVisible();
  await expect(sent(chat)).toHaveCount(2);
  await chat.page.keyboard.press('Escape');
  await expect(chat.page.getByRole('button', { name: 'Open chat', exact: true })).toBeVisible();
  expect(await agent.heard()).toHaveLength(4);
  expect(puts(chat)).toBe(1);
  agent.leave();
});

test('[I4] a reload in the middle of a conversation keeps the transcript and what is being written', async ({
  chat,
  sandbox,
}) => {
  await chat.open();
  await chat.say('hello');
  await expect(sent(chat)).toHaveCount(1);
  const agent = await agentAt(sandbox.port);
  await agent.say('good morning', 'how can I help?');
  await expect(chat.articles).toHaveCount(3);
  await chat.message.fill('I was about to say');
  await chat.page.reload();
  await chat.page.getByRole('button', { name: /^Open chat/ }).click();
  await expect(chat.message).toHaveValue('I was about to say');
  await expect(chat.articles).toHaveText([/hello/, /good morning/, /how can I help/]);
  await chat.message.press('Enter');
  await expect(chat.articles).toHaveText([/hello/, /good morning/, /how can I help/, /I was about to say/]);
  await expect.poll(agent.heard).toHaveLength(4);
  agent.leave();
});

test('two tabs of one consumer show the same conversation, what has been read, and its end', {
  tag: '@engines',
}, async ({ page, sites, sandbox }) => {
  const a = await chatOn(page, sites, sandbox.port, { persistence: 'local' });
  await a.open();
  await a.say('hello');
  await expect(sent(a)).toHaveCount(1);
  const agent = await agentAt(sandbox.port);
  const b = await chatOn(await page.context().newPage(), sites, sandbox.port, { persistence: 'local' });
  await b.open();
  await expect(b.articles).toHaveText([/hello/]);
  await a.say('from the first tab');
  await b.say('from the second tab');
  for (const chat of [a, b]) await expect(sent(chat)).toHaveCount(3);
  const heard = await agent.heard();
  expect(heard).toHaveLength(3);
  expect(new Set(heard)).toEqual(new Set(['hello', 'from the first tab', 'from the second tab']));

  for (const chat of [a, b]) await chat.page.keyboard.press('Escape');
  await agent.say('good morning');
  for (const { page } of [a, b]) await expect(page.getByRole('button', { name: 'Open chat, 1 unread' })).toBeVisible();
  await a.open();
  await expect(a.articles).toHaveCount(4);
  await expect(b.page.getByRole('button', { name: 'Open chat', exact: true })).toBeVisible();
  await b.open();
  await expect(b.articles).toHaveCount(4);

  await a.panel.getByRole('button', { name: 'More options' }).click();
  await a.panel.getByRole('menuitem', { name: 'End conversation' }).click();
  await a.panel.getByRole('alertdialog').getByRole('button', { name: 'End conversation' }).click();
  for (const { panel } of [a, b]) await expect(panel.getByText('Write a message to start a new one.')).toBeVisible();
  agent.leave();
});

/** How many unsent messages would survive a crash now. */
function keptIn({ page }: Chat): Promise<number> {
  return page.evaluate(async () => {
    // Opening a database that is not there would make one.
    const [found] = await indexedDB.databases();
    if (!found?.name) return 0;
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await settled(indexedDB.open(found.name));
    const count = await settled(database.transaction('outbox').objectStore('outbox').count());
    database.close();
    return count;
  });
}

/** A token as the brand's own server would make it; the sandbox does not check its signature. */
function brandToken(sub: string, life: number): string {
  const part = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  return `${part({ alg: 'none' })}.${part({ sub, iss: 'https://brand.example', iat: now, exp: now + life })}.x`;
}

/** Watches the panel from now on for anything that asks the consumer to do something, or says that something failed. */
async function complaintsOf(chat: Chat): Promise<() => Promise<string[]>> {
  await chat.panel.evaluate((panel) => {
    const complaints = new Set<string>();
    Object.assign(window, { complaints });
    const look = () => {
      const words = /[^.]*\b(not sent|not sure|sign in|retry|try again|send again|cannot be reached)\b[^.]*/i;
      const found = words.exec(panel.textContent ?? '')?.[0];
      if (found) complaints.add(found);
    };
    new MutationObserver(look).observe(panel, { childList: true, characterData: true, subtree: true });
    look();
  });
  return () => chat.page.evaluate(() => [...(window as unknown as { complaints: Set<string> }).complaints]);
}
