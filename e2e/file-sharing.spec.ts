import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSdkAgent } from './agent-sdk/agent.ts';
import { file, grainyPhoto, PDF, pngOf, sha256 } from './files.ts';
import { expect, test } from './world.ts';

/** The service's side of the seven steps; typing and receipts come and go between them. */
const STEPS = [
  'InitConnection',
  'cm.ConsumerRequestConversation',
  'ms.GenerateURLForUploadFile',
  'ms.PublishEvent hosted/file',
];

interface Published {
  readonly event?: { readonly contentType?: string; readonly message?: { readonly preview?: string } };
}

test("a consumer's photo of nearly 3 MB reaches LivePerson's own agent library byte for byte", {
  tag: '@engines',
}, async ({ chat, sandbox, sites }) => {
  const photo = await grainyPhoto(chat.page, 3_000_000);
  expect(photo.length).toBeGreaterThan(2_500_000);
  const agent = await startSdkAgent(sandbox.port);
  try {
    await chat.open();
    await chat.drop(file('garden.jpg', 'image/jpeg', photo));
    await expect(chat.panel.getByRole('button', { name: /Remove garden\.jpg/ })).toBeVisible();
    await chat.send.click();
    const conversation = await agent.next('conversation');
    agent.do({ do: 'join', conversationId: conversation.id });
    const arrived = await agent.next('file');
    expect(arrived).toMatchObject({ sha256: sha256(photo), bytes: photo.length, fileType: 'JPG', mine: false });
    expect(arrived.previewLength).toBeGreaterThan(5_000);
    expect(arrived.previewLength).toBeLessThanOrEqual(30_000);
    await expect(chat.panel.getByText('Read')).toBeVisible();
  } finally {
    await agent.stop();
  }

  const consumer = sandbox.brand.requests.filter(({ from }) => from === 'consumer');
  const names = consumer.map(({ type, body }) =>
    type === 'ms.PublishEvent' ? `${type} ${(body as Published).event?.contentType}` : type,
  );
  expect(names.filter((name) => STEPS.includes(name))).toEqual(STEPS);
  const puts = chat.asked.filter(({ method }) => method === 'PUT');
  expect(puts).toHaveLength(1);
  const store = sites.swift?.url ?? `http://localhost:${sandbox.storePort}`;
  expect(puts[0]?.url.startsWith(`${store}/v1/AUTH_async-images/`)).toBe(true);
  const allowed = [sites.brand, new URL(sites.cdn).origin, `http://localhost:${sandbox.port}`, new URL(store).origin];
  const strays = chat.asked.filter(({ url }) => /^(http|ws)/.test(url) && !allowed.includes(new URL(url).origin));
  expect(strays).toEqual([]);
  expect(await chat.page.evaluate('window.violations')).toEqual([]);
  expect(chat.errors).toEqual([]);
});

test("an agent's picture and document reach the consumer byte for byte", async ({ chat, sandbox }) => {
  const folder = mkdtempSync(join(tmpdir(), 'attache-e2e-'));
  const agent = await startSdkAgent(sandbox.port);
  try {
    const png = pngOf(640, 400);
    writeFileSync(join(folder, 'plan.png'), png);
    writeFileSync(join(folder, 'guide.pdf'), PDF);
    await chat.open();
    await chat.say('Could you send me the plan?');
    agent.do({ do: 'join', conversationId: (await agent.next('conversation')).id });
    expect((await agent.next('message')).text).toBe('Could you send me the plan?');
    agent.do({ do: 'say', text: 'Here you are.' });
    agent.do({ do: 'sendFile', path: join(folder, 'plan.png'), caption: 'The plan', type: 'PNG' });
    agent.do({ do: 'sendFile', path: join(folder, 'guide.pdf'), caption: 'guide.pdf', type: 'PDF' });

    await expect(chat.panel.getByText('Here you are.')).toBeVisible();
    const picture = chat.panel.getByRole('img', { name: /The plan/ });
    await expect(picture).toHaveJSProperty('naturalWidth', 640);
    const download = chat.page.waitForEvent('download');
    await chat.panel.getByRole('button', { name: 'Download guide.pdf' }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe('guide.pdf');
    expect(sha256(readFileSync(await saved.path()))).toBe(sha256(PDF));

    const image = chat.asked.find(({ method, url }) => method === 'GET' && url.includes('.PNG?'));
    const bytes = await chat.page.evaluate(async (url) => {
      const response = await fetch(url, { cache: 'reload' });
      return [...new Uint8Array(await response.arrayBuffer())];
    }, image?.url ?? '');
    expect(sha256(Buffer.from(bytes))).toBe(sha256(png));
    expect(chat.errors).toEqual([]);
  } finally {
    await agent.stop();
    rmSync(folder, { recursive: true });
  }
});

test('several files at once arrive once each, in the order picked, with their captions', async ({ chat, sandbox }) => {
  const agent = await startSdkAgent(sandbox.port);
  try {
    await chat.open();
    await chat.pick([
      file('first.png', 'image/png', pngOf(300, 200)),
      file('second.pdf', 'application/pdf', PDF),
      file('third.txt', 'text/plain', Buffer.from('a line of text')),
    ]);
    await chat.panel.getByRole('textbox', { name: 'Caption for first.png' }).fill('The front');
    await chat.say('and a word on them');
    agent.do({ do: 'join', conversationId: (await agent.next('conversation')).id });
    // The agent downloads them side by side; their order is that of their sequences.
    const files = [await agent.next('file'), await agent.next('file'), await agent.next('file')];
    files.sort((a, b) => Number(a.sequence) - Number(b.sequence));
    expect(files.map(({ caption }) => caption)).toEqual(['The front', 'second.pdf', 'third.txt']);
    expect((await agent.next('message')).text).toBe('and a word on them');
    expect(chat.asked.filter(({ method }) => method === 'PUT')).toHaveLength(3);
  } finally {
    await agent.stop();
  }
});
