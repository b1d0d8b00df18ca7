import { describe, expect, test } from 'vitest';
import { fakeClock, settle } from '../testing/clock.ts';
import type { IdentityFlow } from './identity.ts';
import { createIdentityKeeper } from './identityKeeper.ts';

const IDP = 'https://idp.example';

/** A token that lives as many seconds as told, from the clock's own beginning. */
const token = (iat: number, life: number) => `h.${btoa(JSON.stringify({ sub: 'me', iat, exp: iat + life }))}.s`;

function setUp({ flow = { by: 'signup' } as IdentityFlow, life = 3_600 } = {}) {
  const clock = fakeClock();
  const kept = new Map<string, string>();
  const answers: (() => void)[] = [];
  let aged = 0;
  const keeper = createIdentityKeeper({
    account: '1',
    flow,
    clock,
    // A network that does not hear that nobody waits any more.
    http: {
      json: () =>
        new Promise((resolve) => {
          answers.push(() => resolve({ jwt: token(clock.now() / 1_000, life) }));
        }),
    },
    memory: { get: (key) => kept.get(key) ?? null, set: (key, value) => void kept.set(key, String(value)) },
    onAged: () => {
      aged += 1;
    },
  });
  async function become(renew = false) {
    const done = keeper.become(renew, IDP, new AbortController().signal);
    await settle();
    for (const answer of answers.splice(0)) {
      answer();
      await settle();
    }
    await done;
  }
  return { clock, kept, answers, keeper, become, aged: () => aged };
}

describe('[P3] forgetting', () => {
  test('while the consumer is being signed in: a late answer brings nobody back', async () => {
    const { keeper, kept, answers, clock, aged } = setUp({ flow: { by: 'anonymous', connectorId: 'c' } });
    const stop = new AbortController();
    const done = keeper.become(false, IDP, stop.signal);
    await settle();
    stop.abort();
    keeper.forget();
    for (let step = 0; step < 2; step += 1) {
      answers.shift()?.();
      await settle();
    }
    await expect(done).rejects.toMatchObject({ failure: { kind: 'aborted' } });
    expect(keeper.current()).toBeNull();
    expect([...kept]).toEqual([]);
    await clock.advance(3_600_000);
    expect(aged()).toBe(0);
  });

  test('afterwards: the renewal is called off', async () => {
    const { keeper, become, clock, aged } = setUp({
      flow: { by: 'brand', getToken: async () => 'code' },
    });
    await become();
    keeper.forget();
    await clock.advance(3_600_000);
    expect(aged()).toBe(0);
  });
});

describe('[I1] renewal', () => {
  test.each([
    { life: 3_600, at: 3_540 },
    { life: 100, at: 80 },
  ])('a token of $life s is renewed after $at s', async ({ life, at }) => {
    const { become, clock, aged } = setUp({ flow: { by: 'brand', getToken: async () => 'code' }, life });
    await become();
    await clock.advance(at * 1_000 - 1);
    expect(aged()).toBe(0);
    await clock.advance(1);
    expect(aged()).toBe(1);
  });

  test('by the service clock, where it tells another time', async () => {
    const { keeper, become, clock } = setUp({ flow: { by: 'brand', getToken: async () => 'code' } });
    await become();
    const held = keeper.current();
    // An hour ahead of ours: what seems fresh here is over there.
    keeper.heardClock(clock.now() + 3_600_000);
    await become();
    expect(keeper.current()).not.toBe(held);
  });

  test('a usable one is used again without asking', async () => {
    const { keeper, become } = setUp();
    await become();
    const held = keeper.current();
    await become();
    expect(keeper.current()).toBe(held);
    await become(true);
    expect(keeper.current()).not.toBe(held);
  });
});
