import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { file, jpegOf } from './files.ts';
import { type Chat, chatOn, expect, test } from './world.ts';

/** Files that cannot get to the store, for a reason that lies with neither the store nor the network between. */

const photo = file('photo.jpg', 'image/jpeg', jpegOf(300_000));
const sent = (chat: Chat) => chat.panel.getByRole('article', { name: /, Sent$/ });
const puts = (chat: Chat) => chat.asked.filter(({ method }) => method === 'PUT').length;

test('a photo that was changed on the disk after it was picked says so, and is picked again', async ({ chat }) => {
  const folder = mkdtempSync(join(tmpdir(), 'attache-e2e-'));
  const path = join(folder, 'photo.jpg');
  writeFileSync(path, photo.buffer);
  try {
    await chat.open();
    await chat.pick(path);
    // Its size is shown once it has been looked at. What follows the picture is left out, so it is a new file of slices.
    await expect(chat.panel.locator('[data-checking="false"]')).toBeVisible();
    writeFileSync(path, jpegOf(290_000));
    await chat.send.click();
    await expect(chat.articles).toHaveAccessibleName(/, Not sent$/);
    await expect(
      chat.panel.getByText('The file was changed or moved after it was picked. Pick it again.'),
    ).toBeVisible();
    expect(puts(chat)).toBe(0);
    const choosing = chat.page.waitForEvent('filechooser');
    await chat.panel.getByRole('button', { name: 'Pick again' }).click();
    await (await choosing).setFiles(path);
    await expect(chat.articles).toHaveCount(0);
    await expect(chat.panel.locator('[data-checking="false"]')).toBeVisible();
    await chat.send.click();
    await expect(sent(chat)).toBeVisible();
    expect(puts(chat)).toBe(1);
    expect(chat.errors).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a store that the page may not talk to is told of by its origin and without a signature', async ({
  page,
  sites,
  sandbox,
}) => {
  await page.addInitScript(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard, bootMore: { onDiagnostic: (event: unknown) => heard.push(event) } });
  });
  const chat = await chatOn(page, sites, sandbox.port);
  sandbox.store?.fail(({ method }) => method === 'OPTIONS' || method === 'HEAD', { how: 'status', status: 401 }, 99);
  await chat.open();
  await chat.drop(photo);
  await chat.send.click();
  await expect(chat.panel.getByText(/does not let this page in/)).toBeVisible();
  const heard = (await page.evaluate('heard')) as { type: string }[];
  const origin = `http://localhost:${sandbox.storePort}`;
  const event = { type: 'store', at: expect.any(Number), why: 'blocked-by-store', origin };
  expect(heard.filter(({ type }) => type === 'store')).toEqual([event]);
  expect(JSON.stringify(heard)).not.toContain('temp_url');
});
