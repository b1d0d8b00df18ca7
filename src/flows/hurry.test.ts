import { expect, test } from 'vitest';
import { type BoxTab, createBox } from '../testing/box.ts';

/** The service has been back for a second, and the next try is ten seconds away. */
async function waiting() {
  const box = createBox();
  const tab = box.tab();
  tab.actions.open();
  tab.actions.send('hello');
  await box.clock.advance(1_000);
  box.brand.inject({ fault: 'restart', ms: 20_000 });
  await box.clock.advance(21_000);
  expect(tab.store.getState().connection.at).toBe('waiting');
  return { box, tab };
}

const photo = () => new File(['0123456789'], 'photo.jpg', { type: 'image/jpeg' });

test.each<[string, (tab: BoxTab) => void]>([
  ['writes', ({ actions }) => actions.setDraft('h')],
  ['sends', ({ actions }) => actions.send('are you there?')],
  ['picks a file', ({ actions }) => actions.attach([photo()])],
  ['opens the panel', ({ actions }) => actions.open()],
  ['asks for it', ({ actions }) => actions.reconnect()],
])('[C12] a consumer who %s does not wait for the next try', async (_, act) => {
  const { box, tab } = await waiting();
  act(tab);
  await box.clock.advance(1);
  expect(tab.store.getState().connection.at).toBe('online');
});

test('[C12] writing starts no connection that nobody had, and asks nothing of one that stands', async () => {
  const box = createBox();
  const tab = box.tab();
  tab.actions.setDraft('h');
  await box.clock.advance(1_000);
  expect(tab.store.getState().connection.at).toBe('idle');
});
