import { AxeBuilder } from '@axe-core/playwright';
import { devices, type Page } from '@playwright/test';
import { file, jpegOf, PDF, pngOf } from './files.ts';
import { type Chat, chatOn, expect, test } from './world.ts';

const photo = (name: string) => file(name, 'image/jpeg', jpegOf(300_000));

async function faults(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).include('attache-chat').analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${JSON.stringify(target)}`));
}

/** Names of the files in the tray, in its order. */
async function inTray({ panel }: Chat): Promise<string[]> {
  const captions = await panel.getByRole('textbox', { name: /^Caption for / }).all();
  const names = await Promise.all(captions.map((caption) => caption.getAttribute('aria-label')));
  return names.map((name) => name?.replace('Caption for ', '') ?? '');
}

async function pickThree(chat: Chat): Promise<void> {
  await chat.open();
  await chat.pick([photo('a.jpg'), file('b.pdf', 'application/pdf', PDF), file('c.png', 'image/png', pngOf(300, 200))]);
  await expect.poll(() => inTray(chat)).toEqual(['a.jpg', 'b.pdf', 'c.png']);
}

test('files are put in order by keyboard, and sent in it', { tag: '@engines' }, async ({ chat, sandbox }) => {
  await pickThree(chat);
  await chat.panel.getByRole('button', { name: 'Move c.png earlier' }).focus();
  await chat.page.keyboard.press('Enter');
  await expect.poll(() => inTray(chat)).toEqual(['a.jpg', 'c.png', 'b.pdf']);
  await expect(chat.panel.getByRole('button', { name: 'Move c.png earlier' })).toBeFocused();
  await chat.page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(() => inTray(chat)).toEqual(['c.png', 'a.jpg', 'b.pdf']);
  expect(await faults(chat.page)).toEqual([]);
  await chat.send.click();
  await expect(chat.panel.getByRole('article', { name: /, Sent$/ })).toHaveCount(3);
  const captions = sandbox.brand.requests.flatMap(
    ({ body }) => (body as { event?: { message?: { caption?: string } } } | undefined)?.event?.message?.caption ?? [],
  );
  expect(captions).toEqual(['c.png', 'a.jpg', 'b.pdf']);
});

test('files are put in order by mouse', { tag: '@engines' }, async ({ chat }) => {
  await pickThree(chat);
  const boxOf = async (name: string) => {
    const box = await chat.panel
      .locator('.tray-tile')
      .filter({ has: chat.page.getByLabel(`Caption for ${name}`) })
      .boundingBox();
    if (!box) throw new Error(`${name} is not seen`);
    return { x: box.x + box.width / 2, y: box.y + 30 };
  };
  const [from, to] = [await boxOf('a.jpg'), await boxOf('b.pdf')];
  await chat.page.mouse.move(from.x, from.y);
  await chat.page.mouse.down();
  await chat.page.mouse.move(to.x, to.y, { steps: 6 });
  await chat.page.mouse.up();
  await expect.poll(() => inTray(chat)).toEqual(['b.pdf', 'a.jpg', 'c.png']);
});

test('a screenshot from the clipboard is sent under a name', async ({ chat, sandbox }) => {
  await chat.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await chat.open();
  await chat.message.focus();
  await chat.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(60, 40);
    canvas.getContext('2d')?.fillRect(0, 0, 20, 20);
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': await canvas.convertToBlob() })]);
  });
  await chat.page.keyboard.press('Control+V');
  await expect(chat.panel.getByRole('button', { name: /^Remove Screenshot [\d-]+ [\d.]+\.png$/ })).toBeVisible();
  await chat.send.click();
  await expect(chat.panel.getByRole('article', { name: /, Sent$/ })).toHaveCount(1);
  expect(JSON.stringify(sandbox.brand.requests)).toMatch(/"caption":"Screenshot [\d-]+ [\d.]+\.png"/);
});

test('text that was copied with a picture of itself goes in as text, and the picture is offered', async ({ chat }) => {
  await chat.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await chat.open();
  await chat.message.focus();
  await chat.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(60, 40);
    canvas.getContext('2d')?.fillRect(0, 0, 20, 20);
    await navigator.clipboard.write([
      new ClipboardItem({
        'text/plain': new Blob(['42'], { type: 'text/plain' }),
        'text/html': new Blob(['<table><tr><td>42</td></tr></table>'], { type: 'text/html' }),
        'image/png': await canvas.convertToBlob(),
      }),
    ]);
  });
  await chat.page.keyboard.press('Control+V');
  await expect(chat.message).toHaveValue('42');
  await expect(chat.panel.getByText('The text came with a picture.')).toBeVisible();
  expect(await faults(chat.page)).toEqual([]);
  await chat.panel.getByRole('button', { name: 'Add it too' }).click();
  await expect(chat.panel.getByRole('button', { name: /^Remove Screenshot/ })).toBeVisible();
});

test('what may be sent is said before anything is picked', async ({ chat }) => {
  await chat.open();
  await chat.panel.getByRole('button', { name: 'Attach files' }).hover();
  await expect(chat.panel.getByText('Photos: JPG, PNG, GIF; above 3 MB they are made smaller')).toBeVisible();
});

test('on a phone the camera is offered', async ({ browser, sites, sandbox }) => {
  const context = await browser.newContext({ ...devices['Pixel 7'], locale: 'en-GB' });
  const chat = await chatOn(await context.newPage(), sites, sandbox.port);
  await chat.launcher.tap();
  await chat.panel.getByRole('button', { name: 'Attach files' }).tap();
  await expect(chat.panel.getByText('Photos: JPG, PNG, GIF; above 3 MB they are made smaller')).toBeVisible();
  expect(await faults(chat.page)).toEqual([]);
  const chooser = chat.page.waitForEvent('filechooser');
  await chat.panel.getByRole('button', { name: 'Take a photo' }).tap();
  await (await chooser).setFiles([photo('image.jpg')]);
  await expect(chat.panel.getByRole('button', { name: 'Remove image.jpg' })).toBeVisible();
  await expect(chat.panel.getByRole('button', { name: 'Take a photo' })).toHaveCount(0);
  await context.close();
});
