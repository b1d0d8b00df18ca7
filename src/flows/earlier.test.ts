import { describe, expect, test } from 'vitest';
import { FailureError, refused } from '../protocol/failure.ts';
import { createBox } from '../testing/box.ts';

/** Two conversations that ended and one that goes on, of a consumer who comes back. */
async function returning() {
  const box = createBox();
  const tab = box.tab();
  for (const words of ['first', 'second', 'third']) {
    tab.actions.send(words);
    await box.clock.advance(2_000);
    if (words !== 'third') tab.actions.endConversation();
    await box.clock.advance(2_000);
  }
  const next = tab.reload();
  await box.clock.advance(3_000);
  return { box, next };
}

test('[M3] earlier conversations are read one at a time, newest first, above what is shown', async () => {
  const { box, next } = await returning();
  expect(next.lines()).toEqual(['me: third']);
  expect(next.store.getState().earlier).toBe('some');
  next.actions.showEarlier();
  next.actions.showEarlier();
  expect(next.store.getState().earlier).toBe('loading');
  await box.clock.advance(3_000);
  expect(next.lines()).toEqual(['me: second', 'me: third']);
  next.actions.showEarlier();
  await box.clock.advance(3_000);
  expect(next.lines()).toEqual(['me: first', 'me: second', 'me: third']);
  expect(next.store.getState().earlier).toBe('none');
});

test('[M3] an earlier conversation that was cut off while it was read is read on the next connection', async () => {
  const { box, next } = await returning();
  next.actions.showEarlier();
  box.brand.endConsumers(1006);
  await box.clock.advance(10_000);
  expect(next.lines()).toEqual(['me: second', 'me: third']);
  expect(next.store.getState().earlier).toBe('some');
});

test('[M4] a conversation that ended is followed by a new one, and both stay on the screen', async () => {
  const box = createBox();
  const tab = box.tab();
  tab.actions.send('one');
  await box.clock.advance(2_000);
  tab.actions.endConversation();
  await box.clock.advance(2_000);
  tab.actions.send('two');
  await box.clock.advance(2_000);
  expect(tab.lines()).toEqual(['me: one', 'me: two']);
  expect(tab.store.getState().earlier).toBe('none');
});

describe('[M5] what has left the metadata', () => {
  const brandToken = (exp: number) => {
    const part = (value: object) => btoa(JSON.stringify(value));
    return `${part({ alg: 'none' })}.${part({ sub: 'customer-7', iss: 'https://brand.example', exp })}.x`;
  };

  async function back(by: 'brand' | 'signup') {
    const box = createBox({ brand: { lifetimes: { closedInStream: 60 } } });
    const exp = Math.floor(box.clock.now() / 1000) + 90_000;
    const identity = by === 'brand' ? { by, getToken: async () => brandToken(exp) } : { by };
    const tab = box.tab({ identity });
    for (const words of ['long ago', 'lately']) {
      tab.actions.send(words);
      await box.clock.advance(2_000);
      tab.actions.endConversation();
      await box.clock.advance(100_000);
    }
    tab.crash();
    const next = box.tab({ identity, session: tab.session });
    next.actions.open();
    await box.clock.advance(3_000);
    return { box, next };
  }

  test('comes from the history service for a consumer whom the brand vouches for', async () => {
    const { box, next } = await back('brand');
    for (const lines of [['me: lately'], ['me: long ago', 'me: lately']]) {
      expect(next.store.getState().earlier).toBe('some');
      next.actions.showEarlier();
      await box.clock.advance(3_000);
      expect(next.lines()).toEqual(lines);
    }
    next.actions.showEarlier();
    await box.clock.advance(3_000);
    expect(next.store.getState().earlier).toBe('none');
  });

  test('is shown as the brand wants it shown', async () => {
    const { box, next } = await back('brand');
    next.actions.showEarlier();
    await box.clock.advance(3_000);
    next.service.asShown = (events) => events.map((event) => ({ ...event, content: { type: 'text', text: '***' } }));
    next.actions.showEarlier();
    await box.clock.advance(3_000);
    expect(next.lines()).toEqual(['me: ***', 'me: lately']);
  });

  test.each([
    [503, 'some'],
    [429, 'some'],
    [403, 'none'],
  ] as const)('after a refusal with %d there is %s to be asked for', async (code, earlier) => {
    const { box, next } = await back('brand');
    next.actions.showEarlier();
    await box.clock.advance(3_000);
    next.service.authorized = () => Promise.reject(new FailureError(refused(code, '')));
    next.actions.showEarlier();
    await box.clock.advance(3_000);
    expect(next.store.getState().earlier).toBe(earlier);
    expect(next.lines()).toEqual(['me: lately']);
  });

  test('is gone for everybody else, and nothing is offered', async () => {
    const { next } = await back('signup');
    expect(next.store.getState().earlier).toBe('none');
  });
});
