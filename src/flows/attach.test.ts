import { describe, expect, test } from 'vitest';
import { FILE_TYPES } from '../protocol/fileTypes.ts';
import { settle } from '../testing/clock.ts';
import { fakeWorld, IMAGE, type World } from '../testing/world.ts';
import { startChat } from './chat.ts';
import type { Accepted } from './examine.ts';
import type { Readied } from './readied.ts';

const photo = (name = 'photo.jpg') => new File(['0123456789'], name, { type: 'image/jpeg' });

async function begin() {
  const world = fakeWorld();
  const actions = startChat(world.ports, world.store);
  actions.open();
  await world.service.greets();
  return { ...world, actions };
}

function attachmentOf({ store }: World) {
  return [...store.getState().attachments.values()].at(-1);
}

describe('the tray', () => {
  async function withThree() {
    const world = await begin();
    world.actions.attach([photo('a.jpg'), photo('b.jpg'), photo('c.jpg')], ['holiday']);
    await settle();
    const { tray, attachments } = world.store.getState();
    const idOf = (name: string) => tray.find((id) => attachments.get(id)?.name === name) ?? '';
    const names = () => world.store.getState().tray.map((id) => attachments.get(id)?.name);
    return { ...world, idOf, names };
  }

  test.each([
    ['c.jpg', 0, ['c.jpg', 'a.jpg', 'b.jpg']],
    ['a.jpg', 1, ['b.jpg', 'a.jpg', 'c.jpg']],
    ['a.jpg', 99, ['b.jpg', 'c.jpg', 'a.jpg']],
    ['b.jpg', -1, ['b.jpg', 'a.jpg', 'c.jpg']],
    ['b.jpg', 1, ['a.jpg', 'b.jpg', 'c.jpg']],
    ['holiday', 2, ['a.jpg', 'b.jpg', 'c.jpg']],
    ['a stranger', 2, ['a.jpg', 'b.jpg', 'c.jpg']],
  ])('%s moved to %i', async (name, to, expected) => {
    const { actions, idOf, names } = await withThree();
    actions.moveInTray(idOf(name), to);
    expect(names()).toEqual(['holiday', ...expected]);
  });

  test('is sent in the order it was put in', async () => {
    const { actions, idOf, store } = await withThree();
    actions.moveInTray(idOf('c.jpg'), 0);
    actions.send('');
    await settle();
    const { transcript, attachments } = store.getState();
    expect(transcript.ids.map((id) => attachments.get(id)?.name).filter(Boolean)).toEqual(['c.jpg', 'a.jpg', 'b.jpg']);
  });
});

describe('what is seen of a photo', () => {
  const accepted = { ok: FILE_TYPES[0], inspection: { ...IMAGE, thumbnail: { from: 2, to: 9 } } } as Accepted;
  const made = { name: 'photo.jpg', fileType: 'JPG', uploadSize: 10, preview: 'real' };

  test('its size at once, then the view it carries, then its preview', async () => {
    const world = await begin();
    let finish: (done: Readied) => void = () => {};
    world.ports.media.examine = async () => accepted;
    world.ports.media.glimpse = async () => 'embedded';
    world.ports.media.ready = () => new Promise((resolve) => (finish = resolve));
    world.actions.attach([photo()]);
    await settle();
    expect(attachmentOf(world)).toMatchObject({ at: 'picked', width: 40, height: 30, preview: 'embedded' });
    finish({ blob: photo(), about: made });
    await settle();
    expect(attachmentOf(world)).toMatchObject({ at: 'ready', preview: 'real' });
  });

  test('a view that comes late does not replace the preview', async () => {
    const world = await begin();
    let finish: (view: string) => void = () => {};
    world.ports.media.examine = async () => accepted;
    world.ports.media.glimpse = () => new Promise((resolve) => (finish = resolve));
    world.ports.media.ready = async (blob) => ({ blob, about: made });
    world.actions.attach([photo()]);
    await settle();
    finish('embedded');
    await settle();
    expect(attachmentOf(world)).toMatchObject({ at: 'ready', preview: 'real' });
  });

  test('never the embedded view when there is no preview', async () => {
    const world = await begin();
    world.ports.media.examine = async () => accepted;
    world.ports.media.glimpse = async () => 'embedded';
    world.ports.media.ready = async (blob) => ({ blob, about: { ...made, preview: null } });
    world.actions.attach([photo()]);
    await settle();
    expect(attachmentOf(world)).toMatchObject({ at: 'ready', preview: null });
  });
});

test('what cannot be made ready, by its reason', async () => {
  const world = await begin();
  world.ports.media.ready = async () => ({ why: 'heic' });
  world.actions.attach([photo()]);
  await settle();
  expect(attachmentOf(world)).toMatchObject({ at: 'rejected', why: { why: 'heic' } });
});
