import { type ChildProcess, spawn } from 'node:child_process';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { file, PDF } from './files.ts';

const ORIGIN = 'http://localhost:4173';
let preview: ChildProcess;

/** The one fixed address: what `npm run preview` shows a stakeholder. */
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  preview = spawn('npx', ['vite', 'preview'], { stdio: 'inherit', detached: true });
  await expect
    .poll(
      () =>
        fetch(`${ORIGIN}/api/account/12345678/service/baseURI.json`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 30_000 },
    )
    .toBe(200);
});

test.afterAll(() => {
  // The whole group: npx is only the parent of what listens.
  if (preview.pid) process.kill(-preview.pid);
});

test('one person alone sees the whole flow: the scripted agent greets, thanks for a photo and sends files back', async ({
  page,
}) => {
  await page.goto(ORIGIN);
  await page.getByRole('button', { name: 'Open chat' }).click();
  const panel = page.getByRole('dialog', { name: 'Chat' });
  await panel.getByRole('textbox', { name: 'Message', exact: true }).fill('Hello there');
  await panel.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(panel.getByText(/this is Robin/)).toBeVisible({ timeout: 20_000 });
  await panel.locator('input[type=file]').first().setInputFiles('public/meadow.jpg');
  await panel.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(panel.getByText(/meadow\.jpg/).first()).toBeVisible({ timeout: 20_000 });
  await expect(panel.getByRole('button', { name: /^Download .*\.pdf$/ })).toBeVisible({ timeout: 20_000 });
  await expect(panel.getByText('Read').first()).toBeVisible();
});

test('a person at the agent console answers, sees the photo and ends the conversation', async ({ page, context }) => {
  await page.goto(ORIGIN);
  await page.getByRole('button', { name: 'Open chat' }).click();
  const panel = page.getByRole('dialog', { name: 'Chat' });
  const message = panel.getByRole('textbox', { name: 'Message', exact: true });
  const marker = `A question ${Date.now()}`;
  await message.fill(marker);
  await message.press('Enter');
  const agent = await context.newPage();
  await agent.goto(`${ORIGIN}/agent/`);
  await agent.getByRole('list', { name: 'Conversations' }).getByText(marker).first().click();
  await agent.getByRole('textbox', { name: 'Reply' }).fill('A person here. Show me?');
  await agent.getByRole('button', { name: 'Send reply' }).click();
  await expect(panel.getByText('A person here. Show me?')).toBeVisible();
  await page.bringToFront();
  await panel.locator('input[type=file]').first().setInputFiles('public/meadow.jpg');
  await panel.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(panel.getByRole('article', { name: /, (Sent|Delivered|Read)$/ })).toHaveCount(2);
  await agent.bringToFront();
  await expect(agent.getByRole('img', { name: /meadow\.jpg/ })).toHaveJSProperty('naturalWidth', 2000);
  await agent.locator('input[type=file]').setInputFiles(file('offer.pdf', 'application/pdf', PDF));
  await expect(panel.getByRole('button', { name: 'Download offer.pdf' })).toBeVisible();
  await agent.getByRole('button', { name: 'End conversation' }).click();
  await page.bringToFront();
  await expect(panel.getByText(/ended/i).first()).toBeVisible();
});

test('a thousand messages open at the newest one', async ({ page }) => {
  await page.goto(`${ORIGIN}/?n=1000`);
  await page.getByRole('button', { name: 'Open chat' }).click();
  const panel = page.getByRole('dialog', { name: 'Chat' });
  await expect(panel.getByText(/^message #999 /)).toBeInViewport({ timeout: 15_000 });
  expect(await panel.getByRole('article').count()).toBeLessThan(200);
});

for (const path of ['/', '/agent/', '/theme/']) {
  test(`axe finds nothing on ${path}`, async ({ page }) => {
    await page.goto(ORIGIN + path);
    await page
      .getByRole(path === '/agent/' ? 'list' : 'button')
      .first()
      .waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
}

test('pages of other origins may load the built files', async ({ request }) => {
  for (const path of ['/cdn/loader.js', '/cdn/widget/widget.js']) {
    const response = await request.get(ORIGIN + path);
    expect([path, response.status(), response.headers()['access-control-allow-origin']]).toEqual([path, 200, '*']);
  }
});
