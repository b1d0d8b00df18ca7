import { AxeBuilder } from '@axe-core/playwright';
import { file, jpegOf } from './files.ts';
import { type Chat, expect, test } from './world.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds inside the widget, by rule. */
async function faults({ page }: Chat): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).include('attache-chat').analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${JSON.stringify(target)}`));
}

/** A nameless button in the same shadow root must be found, or axe has not looked inside. */
async function canary({ page }: Chat): Promise<string[]> {
  await page.evaluate(() => {
    const button = document.createElement('button');
    button.id = 'canary';
    document.querySelector('attache-chat')?.shadowRoot?.append(button);
  });
  const { violations } = await new AxeBuilder({ page }).withRules(['button-name']).include('attache-chat').analyze();
  await page.evaluate(() => document.querySelector('attache-chat')?.shadowRoot?.querySelector('#canary')?.remove());
  return violations.map(({ id }) => id);
}

/** Role and name of what has the focus, through the shadow root. */
function focused({ page }: Chat): Promise<string> {
  return page.evaluate(() => {
    const inner = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
    return `${inner?.tagName.toLowerCase()} ${inner?.getAttribute('aria-label') ?? inner?.textContent ?? ''}`
      .trim()
      .slice(0, 60);
  });
}

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1280, 360]) {
    test(`axe finds nothing: ${theme}, ${width} px`, async ({ chat }) => {
      await chat.page.setViewportSize({ width, height: 740 });
      await chat.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      expect(await faults(chat), 'launcher').toEqual([]);
      await chat.open();
      expect(await canary(chat), 'the planted fault').toEqual(['button-name']);
      expect(await faults(chat), 'empty').toEqual([]);
      await chat.drop(
        file('photo.jpg', 'image/jpeg', jpegOf(300_000)),
        file('song.mp3', 'audio/mpeg', Buffer.from('ID3')),
      );
      await expect(chat.panel.getByRole('button', { name: 'Remove photo.jpg' })).toBeVisible();
      expect(await faults(chat), 'tray with a refusal').toEqual([]);
      await chat.say('Look at this');
      await expect(chat.panel.getByRole('article', { name: /, Sent$/ })).toHaveCount(2);
      expect(await faults(chat), 'conversation').toEqual([]);
      await chat.panel.getByRole('button', { name: /photo\.jpg/ }).click();
      expect(await faults(chat), 'photo shown large').toEqual([]);
    });
  }
}

test('axe finds nothing while reconnecting and when an upload has failed', async ({ chat, sandbox }) => {
  sandbox.store?.fail(({ method }) => method === 'PUT', { how: 'status', status: 413 });
  await chat.open();
  await chat.drop(file('photo.jpg', 'image/jpeg', jpegOf(300_000)));
  await chat.send.click();
  await expect(chat.panel.getByRole('button', { name: 'Retry' })).toBeVisible();
  expect(await faults(chat), 'failed').toEqual([]);
  sandbox.brand.override('InitConnection', () => ({ close: 1006 }));
  sandbox.brand.endConsumers(1006);
  await expect(chat.panel.getByText(/reconnecting/i).first()).toBeVisible();
  expect(await faults(chat), 'reconnecting').toEqual([]);
});

test('everything can be done by keyboard, and Escape gives the focus back', async ({ chat }) => {
  await chat.page.keyboard.press('Tab');
  await chat.page.keyboard.press('Tab');
  expect(await focused(chat)).toBe('button Open chat');
  await chat.page.keyboard.press('Enter');
  await chat.message.waitFor();
  await expect.poll(() => focused(chat)).toMatch(/^textarea/);
  await chat.page.keyboard.type('By keyboard');
  await chat.page.keyboard.press('Shift+Enter');
  await chat.page.keyboard.type('in two lines');
  await chat.page.keyboard.press('Enter');
  await expect(chat.articles).toHaveCount(1);
  await expect(chat.articles).toContainText('in two lines');
  const names = new Set<string>();
  for (let n = 0; n < 14; n += 1) {
    names.add(await focused(chat));
    await chat.page.keyboard.press('Tab');
  }
  expect([...names].join('\n')).toMatch(/Attach files/);
  expect([...names].join('\n')).toMatch(/Close chat/);
  await chat.message.focus();
  await chat.page.keyboard.press('Escape');
  await expect(chat.panel).toHaveCount(0);
  expect(await focused(chat)).toBe('button Open chat');
});

test('each new message is announced once, the history never', { tag: '@engines' }, async ({ chat, sandbox }) => {
  await chat.page.addInitScript(() => {
    // Every way to speak is collected: the newer call where there is one, and the status nodes.
    const said: string[] = [];
    Object.assign(window, { said });
    Object.defineProperty(Document.prototype, 'ariaNotify', {
      configurable: true,
      value: (text: string) => said.push(text),
    });
  });
  await chat.page.reload();
  await chat.open();
  await chat.say('hello');
  await expect(chat.panel.getByRole('article', { name: /, Sent$/ })).toHaveCount(1);
  const bearer = sandbox.brand.signIn('12345678', 'agent@example.com', 'demo');
  if (!bearer) throw new Error('the agent could not sign in');
  const agent = sandbox.brand.connectAgent('12345678', bearer, { send: () => {}, close: () => {} });
  const id = sandbox.brand.requests.find(({ type }) => type === 'ms.PublishEvent')?.body as { dialogId: string };
  const say = (type: string, body: object) =>
    agent?.receive(JSON.stringify({ kind: 'req', id: String(Math.random()), type, body }));
  say('.ams.cm.UpdateConversationField', {
    conversationId: id.dialogId,
    conversationField: [{ field: 'ParticipantsChange', type: 'ADD', role: 'ASSIGNED_AGENT' }],
  });
  say('.ams.ms.PublishEvent', {
    dialogId: id.dialogId,
    event: { type: 'ContentEvent', contentType: 'text/plain', message: 'Good morning to you' },
  });
  await expect(chat.panel.getByText('Good morning to you')).toBeVisible();
  const heard = () =>
    chat.page.evaluate(() =>
      (window as unknown as { said: string[] }).said.filter((text) => text.includes('Good morning')),
    );
  await expect.poll(heard).toHaveLength(1);
  await chat.page.keyboard.press('Escape');
  await chat.launcher.click();
  await chat.message.waitFor();
  await chat.say('again');
  await expect(chat.articles).toHaveCount(3);
  expect(await heard()).toHaveLength(1);
});
