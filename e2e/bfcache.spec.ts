import { agentAt } from './agent.ts';
import { expect, test } from './world.ts';

// Playwright switches the back/forward cache off, because a page that comes back fires no "load".
test.use({
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  },
});

test('[C9] a page that comes back from the back/forward cache has missed nothing', async ({ chat, sandbox }) => {
  const { page, sites } = chat;
  await page.evaluate(() => {
    window.addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted }));
  });
  await chat.open();
  await chat.say('hello');
  await expect(chat.panel.getByRole('article', { name: /, Sent$/ })).toBeVisible();
  const agent = await agentAt(sandbox.port);
  await agent.say('good morning');
  await expect(chat.articles).toHaveText([/hello/, /good morning/]);

  await page.goto(`${sites.brand}/other`);
  await expect.poll(() => sandbox.brand.consumers()).toHaveLength(0);
  await agent.say('one', 'two', 'three');
  await page.goBack({ waitUntil: 'commit' });

  await expect(chat.articles).toHaveText([/hello/, /good morning/, /one/, /two/, /three/]);
  expect(await page.evaluate('persisted'), 'the page itself came back, it was not loaded anew').toBe(true);
  expect(sandbox.brand.consumers()).toHaveLength(1);
  await chat.say('I was away');
  await expect.poll(agent.heard).toEqual(['hello', 'good morning', 'one', 'two', 'three', 'I was away']);
  expect(sandbox.brand.consumers()).toHaveLength(1);
  agent.leave();
});
