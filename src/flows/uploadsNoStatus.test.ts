import { describe, expect, test } from 'vitest';
import { DROPPED, type Failure, FailureError, TIMED_OUT } from '../protocol/failure.ts';
import { settle } from '../testing/clock.ts';
import { grant, sending, stateOf } from '../testing/sendingFiles.ts';
import { fakeWorld } from '../testing/world.ts';
import { startChat } from './chat.ts';
import type { DiagnosticEvent } from './diagnostics.ts';

const BLOCKED_BY_PAGE: Failure = { kind: 'blocked', delivery: 'not-sent', by: 'page' };

/** Files on their way to a store that gives a HEAD no status. */
async function mute(how: Failure = DROPPED) {
  const world = await sending();
  const told: DiagnosticEvent[] = [];
  Object.assign(world.ports, { onDiagnostic: (event: DiagnosticEvent) => told.push(event) });
  world.objects.holds = () => Promise.reject(new FailureError(how));
  await world.send('a');
  /** A PUT that ends so, with a sign of life on the connection after it. */
  const lose = async (why: Failure) => {
    await grant(world, 'a');
    await world.objects.puts.at(-1)?.fail(why);
    await world.service.next('GetClock').answer({ at: null });
  };
  return { ...world, told, lose };
}

describe('[U12] when neither a PUT nor its HEAD has had a status', () => {
  test('nobody is asked for more before the last try', async () => {
    const world = await mute();
    await world.lose(DROPPED);
    expect(stateOf(world, 'a')).toMatchObject({ at: 'signing' });
    expect(world.objects.knocks).toBe(0);
  });

  test('a store that answers somebody who does not read has blocked the page', async () => {
    const world = await mute();
    await world.lose(DROPPED);
    await world.lose(DROPPED);
    expect(stateOf(world, 'a')).toMatchObject({ at: 'failed', why: { kind: 'blocked', by: 'store' } });
    expect(world.objects.knocks).toBe(1);
    expect(world.told).toEqual([
      { type: 'store', at: world.clock.now(), why: 'blocked-by-store', origin: 'http://swift.test' },
    ]);
  });

  test('a store that does not is not to be reached', async () => {
    const world = await mute();
    world.objects.answers = async () => false;
    await world.lose(DROPPED);
    await world.lose(DROPPED);
    expect(stateOf(world, 'a')).toMatchObject({ at: 'failed', why: { kind: 'unreachable' } });
    expect(world.told).toMatchObject([{ why: 'unreachable', origin: 'http://swift.test' }]);
  });

  test.each<[string, Failure, Failure]>([
    ['the PUT got so far as to stand still', TIMED_OUT, DROPPED],
    ['the HEAD did', DROPPED, TIMED_OUT],
  ])('and %s, the page may talk to the store', async (_, put, head) => {
    const world = await mute(head);
    await world.lose(put);
    await world.lose(put);
    expect(stateOf(world, 'a')).toMatchObject({ at: 'failed', why: put });
    expect(world.objects.knocks).toBe(0);
    expect(world.told).toEqual([]);
  });

  test('and the file is taken back before it is known why, nothing is told', async () => {
    const world = await mute();
    world.objects.answers = ({ signal } = {}) =>
      new Promise((resolve) => signal?.addEventListener('abort', () => resolve(false)));
    await world.lose(DROPPED);
    await world.lose(DROPPED);
    expect(stateOf(world, 'a')).toMatchObject({ at: 'verifying' });
    world.outbox.cancel('a');
    await settle();
    expect(stateOf(world, 'a')).toMatchObject({ at: 'cancelled' });
    expect(world.told).toEqual([]);
  });
});

test('[U12] a file that the policy of the page keeps back is not tried again', async () => {
  const world = await mute();
  await grant(world, 'a');
  await world.objects.puts[0]?.fail(BLOCKED_BY_PAGE);
  expect(stateOf(world, 'a')).toMatchObject({ at: 'failed', why: BLOCKED_BY_PAGE });
  expect(world.service.waiting()).toEqual([]);
  expect(world.objects.knocks).toBe(0);
  expect(world.told).toMatchObject([{ why: 'blocked-by-page', origin: 'http://swift.test' }]);
});

test('a store that answers and cuts is none of that', async () => {
  const world = await sending('a');
  await grant(world, 'a');
  await world.objects.puts[0]?.fail(DROPPED);
  await grant(world, 'a');
  await world.objects.puts[1]?.fail(DROPPED);
  expect(stateOf(world, 'a')).toMatchObject({ at: 'failed', why: DROPPED });
  expect(world.objects.knocks).toBe(0);
});

test('what is told of the store stands in the snapshot as well', async () => {
  const { ports, store, clock } = fakeWorld();
  const event = { type: 'store', at: clock.now(), why: 'unreachable', origin: 'http://swift.test' } as const;
  const told: DiagnosticEvent[] = [];
  const onDiagnostic = (heard: DiagnosticEvent) => void told.push(heard);
  const loadTalk: typeof ports.loadTalk = async () => {
    const start = await ports.loadTalk();
    return (opening, of) => {
      opening.onDiagnostic(event);
      return start(opening, of);
    };
  };
  const chat = startChat({ ...ports, onDiagnostic, loadTalk }, store);
  chat.setDraft('x');
  await settle();
  expect(chat.diagnostics().history).toEqual([event]);
  expect(told).toEqual([event]);
  chat.dispose();
});
