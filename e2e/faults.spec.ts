import type { Sandbox } from '../src/sandbox/server.ts';
import { file, headlessJpeg, jpegOf, PDF } from './files.ts';
import { ACCOUNT, type Chat, chatOn, expect, test } from './world.ts';

const photo = file('photo.jpg', 'image/jpeg', jpegOf(300_000));

/** A PDF of exactly `size` bytes. */
const pdfOf = (size: number) => Buffer.concat([PDF, Buffer.alloc(size - PDF.length)]);

/** The one message that has arrived. */
const sent = (chat: Chat) => chat.panel.getByRole('article', { name: /, Sent$/ });

/** Nothing lost, nothing twice: how often the page asked the store for what. */
const puts = (chat: Chat) => chat.asked.filter(({ method }) => method === 'PUT').length;

/** The id of the consumer who spoke last. */
function consumerOf({ brand }: Sandbox): string {
  const person = brand.requests.findLast(({ from }) => from === 'consumer')?.person;
  if (!person) throw new Error('no consumer has spoken');
  return person;
}

test.describe('a file that cannot be sent says why and what to do, and keeps the others', () => {
  const cases: readonly [string, ReturnType<typeof file>, RegExp][] = [
    ['an unsupported type', file('song.mp3', 'audio/mpeg', Buffer.from('ID3....')), /MP3 files cannot be sent here/],
    ['an empty file', file('empty.pdf', 'application/pdf', Buffer.alloc(0)), /empty/i],
    // A photo would be made smaller.
    ['one byte over the limit', file('big.pdf', 'application/pdf', pdfOf(5_000_001)), /larger than 5 MB/i],
    ['text renamed .jpg', file('note.jpg', 'image/jpeg', Buffer.from('only words')), /note\.jpg/],
  ];
  for (const [name, wrong, sentence] of cases) {
    test(name, async ({ chat }) => {
      await chat.open();
      await chat.drop(wrong, photo);
      await expect(chat.panel.getByText(sentence).first()).toBeVisible();
      await expect(chat.panel.getByRole('button', { name: /Remove photo\.jpg/ })).toBeVisible();
      await chat.send.click();
      await expect(chat.articles).toHaveCount(1);
      await expect(sent(chat)).toBeVisible();
      expect(puts(chat)).toBe(1);
      expect(chat.errors).toEqual([]);
    });
  }
});

test('a file of exactly the limit is sent', async ({ chat }) => {
  await chat.open();
  await chat.drop(file('exact.jpg', 'image/jpeg', jpegOf(3_000_000)));
  await chat.send.click();
  await expect(sent(chat)).toBeVisible();
});

test('an image that cannot be decoded goes as a file without preview', { tag: '@engines' }, async ({
  chat,
  sandbox,
}) => {
  await chat.open();
  await chat.drop(file('broken.jpg', 'image/jpeg', headlessJpeg()));
  await chat.send.click();
  await expect(sent(chat)).toBeVisible();
  const published = sandbox.brand.requests.find(({ body }) => JSON.stringify(body ?? '').includes('hosted/file'));
  expect(published?.body).toMatchObject({ event: { message: { fileType: 'JPG' } } });
  expect(JSON.stringify(published?.body)).not.toContain('preview');
});

test('thirty files at once: ten are taken, the rest are named', async ({ chat }) => {
  await chat.open();
  await chat.drop(
    ...Array.from({ length: 30 }, (_, n) => file(`note-${n}.txt`, 'text/plain', Buffer.from(`note ${n}`))),
  );
  await expect(chat.panel.getByRole('button', { name: /^Remove note-\d+\.txt$/ })).toHaveCount(10);
  await expect(chat.panel.getByText(/10 files/).first()).toBeVisible();
});

test('an upload URL that has aged gets a fresh one', { tag: '@engines' }, async ({ chat, sandbox }) => {
  sandbox.brand.override('ms.GenerateURLForUploadFile', (request, proceed) => {
    const answer = proceed();
    const aged = sandbox.brand.requests.filter(({ type }) => type === request.type).length === 1;
    if (!aged) return answer;
    const body = answer.body as { queryParams: Record<string, string> };
    return { ...answer, body: { ...body, queryParams: { ...body.queryParams, temp_url_expires: '1000000000' } } };
  });
  await chat.open();
  await chat.drop(photo);
  await chat.send.click();
  await expect(sent(chat)).toBeVisible();
  expect(puts(chat)).toBe(2);
});

for (const status of [401, 503]) {
  test(`a PUT answered ${status} once is done again with a fresh URL`, async ({ chat, sandbox }) => {
    sandbox.store?.fail(({ method }) => method === 'PUT', { how: 'status', status });
    await chat.open();
    await chat.drop(photo);
    await chat.send.click();
    await expect(sent(chat)).toBeVisible();
    expect(puts(chat)).toBe(2);
    await expect(chat.articles).toHaveCount(1);
  });
}

test('a PUT that is always cut says so and can be tried again from the same place', { tag: '@engines' }, async ({
  chat,
  sandbox,
}) => {
  const mend = sandbox.store?.fail(({ method }) => method === 'PUT', { how: 'cut' }, 99);
  await chat.open();
  await chat.drop(photo);
  await chat.send.click();
  const retry = chat.panel.getByRole('button', { name: /^(Retry|Try again|Send again)/ });
  await expect(retry).toBeVisible();
  await expect(chat.articles).toHaveCount(1);
  mend?.();
  await retry.click();
  await expect(sent(chat)).toBeVisible();
  await expect(chat.articles).toHaveCount(1);
});

test('the socket goes between the URL and the publish: one PUT, one message', { tag: '@engines' }, async ({
  chat,
  sandbox,
}) => {
  let cut = false;
  sandbox.brand.override('ms.PublishEvent', (request) => {
    if (cut || !JSON.stringify(request.body).includes('hosted/file')) return undefined;
    cut = true;
    return { close: 1006 };
  });
  await chat.open();
  await chat.drop(photo);
  await chat.send.click();
  await expect(sent(chat)).toBeVisible({ timeout: 15_000 });
  expect(cut).toBe(true);
  expect(puts(chat)).toBe(1);
  await expect(chat.articles).toHaveCount(1);
});

test('a publish that the service refuses fails alone and is not uploaded again', async ({ chat, sandbox }) => {
  const undo = sandbox.brand.override('ms.PublishEvent', (request) =>
    JSON.stringify(request.body).includes('hosted/file') ? { type: 'x', code: 400, body: 'Bad request' } : undefined,
  );
  await chat.open();
  await chat.drop(photo);
  await chat.say('and a word');
  const retry = chat.panel.getByRole('button', { name: /^(Retry|Try again|Send again)/ });
  await expect(retry).toBeVisible();
  await expect(sent(chat)).toBeVisible();
  undo();
  await retry.click();
  await expect(retry).toHaveCount(0);
  expect(puts(chat)).toBe(1);
  await expect(chat.articles).toHaveCount(2);
});

test('with file sharing off the panel says so plainly, and text still goes', { tag: '@engines' }, async ({
  chat,
  sandbox,
}) => {
  sandbox.brand.setFileSharing('12345678', false);
  await chat.open();
  await chat.drop(photo);
  await chat.say('still here');
  await expect(chat.panel.getByText(/switched off|turned off/i).first()).toBeVisible();
  await expect(sent(chat)).toBeVisible();
  expect(puts(chat)).toBe(0);
});

test('a picture whose address has aged is asked for again once, and its preview is there all the while', async ({
  chat,
  sandbox,
}) => {
  await chat.open();
  await chat.drop(photo);
  await chat.send.click();
  await expect(sent(chat)).toBeVisible();
  const downloads = () => sandbox.brand.requests.filter(({ type }) => type === 'ms.GenerateURLForDownloadFile').length;
  await expect.poll(downloads).toBe(1);
  await expect(chat.panel.locator('img[crossorigin=anonymous]')).toHaveJSProperty('naturalWidth', 2000);
  sandbox.store?.fail(({ method }) => method === 'GET', { how: 'status', status: 401 });
  // The same consumer on another page: the photo comes from the back-log, by its download URL.
  const jwt = sandbox.brand.consumerToken(ACCOUNT, { sub: consumerOf(sandbox) });
  const page = await chat.page.context().newPage();
  const other = await chatOn(page, chat.sites, sandbox.port, { jwt });
  await other.open();
  const picture = other.panel.getByRole('img', { name: /photo\.jpg/ });
  await expect(picture).toBeVisible();
  await expect(other.panel.locator('img[crossorigin=anonymous]')).toHaveJSProperty('naturalWidth', 2000);
  expect(downloads()).toBe(3);
});

test('without a service the message is kept, says so, and goes when the service is there', async ({
  chat,
  sandbox,
}) => {
  const undo = sandbox.brand.override('InitConnection', () => ({ close: 1006 }));
  await chat.open();
  await chat.say('are you there?');
  await expect(chat.panel.getByText(/reconnecting|connecting|can.t reach/i).first()).toBeVisible();
  await expect(chat.articles).toHaveCount(1);
  undo();
  await expect(sent(chat)).toBeVisible({ timeout: 20_000 });
  await expect(chat.articles).toHaveCount(1);
});

test('frames that make no sense change nothing', async ({ chat, sandbox }) => {
  await chat.open();
  await chat.say('hello');
  await expect(sent(chat)).toBeVisible();
  sandbox.brand.override('GetClock', () => ({ type: 'x', code: Number.NaN, body: { __proto__: null } }));
  await chat.page.evaluate('window.dispatchEvent(new Event("online"))');
  await chat.say('still fine');
  await expect(chat.panel.getByText('still fine')).toBeVisible();
  expect(chat.errors).toEqual([]);
});

test('a folder is refused by name', async ({ chat }) => {
  await chat.open();
  await chat.panel.evaluate((panel) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['x'], 'holiday'));
    const items = [
      {
        kind: 'file',
        getAsFile: () => transfer.files[0],
        webkitGetAsEntry: () => ({ isDirectory: true, name: 'holiday' }),
      },
    ];
    for (const type of ['dragenter', 'dragover', 'drop']) {
      const event = new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: transfer });
      Object.defineProperty(event, 'dataTransfer', {
        value: { items, files: transfer.files, types: ['Files'], dropEffect: 'none' },
      });
      panel.dispatchEvent(event);
    }
  });
  await expect(chat.panel.getByText(/holiday/).first()).toBeVisible();
  await expect(chat.panel.getByText(/folder/i).first()).toBeVisible();
});

test('a document and its name survive a hostile name', async ({ chat, sandbox }) => {
  const name = '"><img src=x onerror=alert(1)>.pdf';
  await chat.open();
  await chat.drop(file(name, 'application/pdf', PDF));
  await chat.send.click();
  await expect(sent(chat)).toBeVisible();
  const published = sandbox.brand.requests.find(({ body }) => JSON.stringify(body ?? '').includes('hosted/file'));
  expect(JSON.stringify(published?.body)).toContain('onerror');
  expect(await chat.panel.locator('img[src="x"]').count()).toBe(0);
});
