import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { file, PDF, sha256 } from './files.ts';
import { type Swift, startSwift } from './swift/swift.ts';
import { ACCOUNT, test } from './world.ts';

const PORT = 4183;
const ORIGIN = `http://localhost:${PORT}`;
const KEY = 'console-temp-url-key';
let swift: Swift;
let preview: ChildProcess;

/** The built pages on a real OpenStack Swift, as `npm start -- --swift` shows them. */
test.beforeAll(async () => {
  swift = await startSwift({ origins: [ORIGIN], key: KEY, containers: [ACCOUNT] });
  preview = spawn('npx', ['vite', 'preview', '--port', String(PORT)], {
    stdio: 'inherit',
    detached: true,
    env: { ...process.env, ATTACHE_SWIFT_URL: swift.url, ATTACHE_SWIFT_KEY: KEY },
  });
  const answers = () =>
    fetch(`${ORIGIN}/api/account/${ACCOUNT}/service/baseURI.json`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(answers, { timeout: 30_000 }).toBe(200);
});

test.afterAll(async () => {
  // The whole group: npx is only the parent of what listens.
  if (preview.pid) process.kill(-preview.pid);
  await swift.stop();
});

test('a photo reaches the agent console byte for byte, and a document comes back', async ({ page, context }) => {
  await page.goto(ORIGIN);
  await page.getByRole('button', { name: 'Open chat' }).click();
  const panel = page.getByRole('dialog', { name: 'Chat' });
  await panel.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
  const put = page.waitForRequest((request) => request.method() === 'PUT');
  await panel.locator('input[type=file]').first().setInputFiles('public/meadow.jpg');
  await panel.getByRole('button', { name: 'Send', exact: true }).click();
  expect((await put).url().startsWith(`${swift.url}/v1/AUTH_async-images/${ACCOUNT}/`)).toBe(true);

  const agent = await context.newPage();
  const fetched = agent.waitForResponse((response) => response.url().startsWith(swift.url) && response.ok());
  await agent.goto(`${ORIGIN}/agent/`);
  await agent.getByRole('list', { name: 'Conversations' }).getByRole('button').first().click();
  await expect(agent.getByRole('img', { name: /meadow\.jpg/ })).toHaveJSProperty('naturalWidth', 2000);
  expect(sha256(await (await fetched).body())).toBe(sha256(readFileSync('public/meadow.jpg')));

  await agent.locator('input[type=file]').setInputFiles(file('offer.pdf', 'application/pdf', PDF));
  await page.bringToFront();
  const download = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Download offer.pdf' }).click();
  expect(sha256(readFileSync(await (await download).path()))).toBe(sha256(PDF));
});
