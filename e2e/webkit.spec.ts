import { resolve } from 'node:path';
import { agentAt } from './agent.ts';
import { ENTER, ESCAPE, eventually, startWebkit } from './webkit/webkit.ts';
import { ACCOUNT, expect, test } from './world.ts';

const ROOT = "const root = document.querySelector('attache-chat')?.shadowRoot;";
const named = (name: string) => `${ROOT} return root?.querySelector('button[aria-label^="${name}"]') ?? null;`;
const FIELD = `${ROOT} return root?.querySelector('textarea') ?? null;`;
/** Names of the messages, which say whose they are and how far they have come, with their texts. */
const ARTICLES = `${ROOT} return [...root.querySelectorAll('article')].map((row) => row.ariaLabel + ' | ' + row.textContent);`;
const PICTURES = `${ROOT} return [...root.querySelectorAll('article img')].map(({ naturalWidth }) => naturalWidth);`;

test('in WebKit a consumer writes, is answered, sends a photo and sees it, under the strictest policy', async ({
  sites,
  sandbox,
}) => {
  const webkit = await startWebkit();
  try {
    const boot = { account: ACCOUNT, domainApi: `http://localhost:${sandbox.port}`, brandName: 'Meadow Support' };
    await webkit.go(`${sites.brand}/?${new URLSearchParams({ cdn: sites.cdn, boot: JSON.stringify(boot) })}`);
    await webkit.run(
      "window.uncaught = []; addEventListener('error', ({ message }) => window.uncaught.push(message));",
    );
    await webkit.click(await webkit.find(named('Open chat')));
    const field = await webkit.find(FIELD);
    await webkit.type(field, `hello${ENTER}`);
    const said = (pattern: RegExp) =>
      eventually(async () => (await webkit.run<string[]>(ARTICLES)).some((row) => pattern.test(row)), String(pattern));
    await said(/, Sent \| hello/);

    const agent = await agentAt(sandbox.port);
    await agent.say('good morning');
    await said(/good morning/);

    const picker = await webkit.find(`${ROOT} return root?.querySelector('input[type=file]') ?? null;`);
    await webkit.type(picker, resolve('public/meadow.jpg'));
    await webkit.find(named('Remove meadow.jpg'));
    await webkit.click(await webkit.find(named('Send')));
    await eventually(
      async () =>
        (await webkit.run<string[]>(ARTICLES)).filter((row) => /^You.*, (Sent|Delivered|Read) /.test(row)).length === 2,
      'two messages sent',
    );
    await eventually(
      async () => (await webkit.run<number[]>(PICTURES)).some((width) => width > 1_000),
      'the photo itself',
    );
    expect(await agent.heard()).toEqual(['hello', 'good morning', 'meadow.jpg']);
    agent.leave();

    await webkit.type(field, ESCAPE);
    await webkit.find(named('Open chat'));
    expect(await webkit.run('return window.violations;')).toEqual([]);
    expect(await webkit.run('return window.uncaught;')).toEqual([]);
  } finally {
    await webkit.close();
  }
});
