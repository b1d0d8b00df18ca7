import type { Browser, Page } from 'playwright';

/** Milliseconds that the chat has for what it does; the scripted agent of the sandbox takes some seconds to write. */
export const PATIENCE = 30_000;

/** A page in a browser profile of its own, with everything that it complained of. */
export interface Visit {
  readonly page: Page;
  /** Console errors and warnings, uncaught errors and violations of the content security policy, as they come. */
  readonly complaints: readonly string[];
  /** Addresses of sockets to the service, as they are opened. */
  readonly sockets: readonly string[];
  close(): Promise<void>;
}

/** Goes to a page and waits until it has loaded. */
export async function visit(browser: Browser, address: string): Promise<Visit> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  const sockets: string[] = [];
  page.on('websocket', (socket) => {
    if (socket.url().includes('/ws_api/')) sockets.push(socket.url());
  });
  await page.goto(address, { waitUntil: 'load' });
  return { page, complaints, sockets, close: () => context.close() };
}

/** The panel's field for a message, there once the chat is open. */
export function messageField(page: Page) {
  return page.getByRole('dialog', { name: 'Chat' }).getByRole('textbox', { name: 'Message', exact: true });
}

/**
 * Opens the chat on the page at `address`, writes to the agent of the sandbox and waits for the answer. Rejects when it does
 * not come, when the page has complained of anything, or when the chat has connected more than once.
 */
export async function talk(browser: Browser, address: string): Promise<void> {
  const { page, complaints, sockets, close } = await visit(browser, address);
  try {
    await page.getByRole('button', { name: /^Open chat/ }).click({ timeout: PATIENCE });
    const field = messageField(page);
    await field.fill('Is this the version you released?', { timeout: PATIENCE });
    await field.press('Enter');
    await page
      .getByRole('dialog', { name: 'Chat' })
      .getByText(/this is Robin/)
      .waitFor({ timeout: PATIENCE });
  } catch (error) {
    throw new Error(`${address}: ${String(error)}\nThe page said: ${complaints.join('\n') || 'nothing'}`);
  } finally {
    await close();
  }
  if (complaints.length > 0) throw new Error(`${address} complained:\n${complaints.join('\n')}`);
  if (sockets.length !== 1) throw new Error(`${address} has opened ${sockets.length} sockets`);
}
