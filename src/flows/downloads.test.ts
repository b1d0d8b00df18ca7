import { expect, test } from 'vitest';
import { settle } from '../testing/clock.ts';
import { fakeWorld } from '../testing/world.ts';
import { startDownloads } from './downloads.ts';

const PATH = '/v1/x.JPG';

async function looking() {
  const world = fakeWorld();
  const downloads = startDownloads(world.ports, world.store);
  await world.service.goes({ at: 'online' });
  let signatures = 0;
  async function grant() {
    await settle();
    signatures += 1;
    await world.service.next('ms.GenerateURLForDownloadFile').answer({
      relativePath: PATH,
      signature: `s${signatures}`,
      rawExpires: '60',
      expires: Math.floor(world.clock.now() / 1000) + 60,
    });
  }
  const now = () => world.store.getState().downloads.get(PATH);
  return { ...world, downloads, grant, now };
}

test('[D3] what is saved has a type that no browser opens', async () => {
  const world = await looking();
  world.objects.get = async () => new Blob(['<script>'], { type: 'text/html' });
  world.downloads.save(PATH, 'plan.pdf');
  await world.grant();
  expect(world.saved.map(({ name, blob }) => [name, blob.type, blob.size])).toEqual([
    ['plan.pdf', 'application/octet-stream', 8],
  ]);
});

test('[D1] an address that comes while the file is being saved stays', async () => {
  const world = await looking();
  let finish = (_: Blob) => {};
  world.objects.get = () =>
    new Promise((resolve) => {
      finish = resolve;
    });
  world.downloads.want(PATH);
  await settle();
  world.downloads.save(PATH, 'x.jpg');
  await world.grant();
  await world.grant();
  finish(new Blob(['x']));
  await settle();
  expect(world.saved).toHaveLength(1);
  expect(world.now()).toMatchObject({ at: 'ready' });
});

test('[D2] each look has one fresh address of its own', async () => {
  const world = await looking();
  world.downloads.want(PATH);
  await world.grant();
  world.downloads.failed(PATH);
  await world.grant();
  await world.clock.advance(60_000);
  world.downloads.want(PATH);
  await world.grant();
  world.downloads.failed(PATH);
  expect(world.now()).toEqual({ at: 'asking' });
  await world.grant();
  world.downloads.failed(PATH);
  expect(world.now()).toMatchObject({ at: 'failed' });
  expect(world.service.waiting()).toEqual([]);
});
