import { describe, expect, test } from 'vitest';
import { DROPPED, FailureError, TIMED_OUT } from '../protocol/failure.ts';
import { settle } from '../testing/clock.ts';
import { grant, sending, stateOf } from '../testing/sendingFiles.ts';
import type { World } from '../testing/world.ts';

describe('[U8] without a network', () => {
  /** The store gives a HEAD no status. */
  const storeIsGone = (world: World) => {
    world.objects.holds = () => Promise.reject(new FailureError(DROPPED));
  };

  test('a file waits, its PUT was no try, and the HEAD comes first when it is back', async () => {
    const world = await sending('a');
    const { holds } = world.objects;
    await grant(world, 'a');
    world.objects.puts[0]?.progress(6);
    storeIsGone(world);
    world.page.online = false;
    await world.objects.puts[0]?.fail(DROPPED);
    expect(stateOf(world, 'a')).toMatchObject({ at: 'queued', sent: 6 });
    expect(world.service.waiting()).toEqual([]);
    world.objects.holds = holds;
    world.page.online = true;
    (world.ports.surroundings as unknown as { returns(): void }).returns();
    await settle();
    expect(world.objects.heads).toEqual(['/v1/a']);
    // Twice more: one that counts, and the last.
    await grant(world, 'two');
    await world.objects.puts[1]?.fail(DROPPED);
    await grant(world, 'three');
    expect(stateOf(world, 'a')).toMatchObject({ at: 'uploading', sent: 6 });
    await world.objects.puts[2]?.fail(DROPPED);
    expect(stateOf(world, 'a')).toMatchObject({ at: 'failed', why: DROPPED });
  });

  test('a PUT that ends while the connection is away was no try, though the store answers its HEAD', async () => {
    const world = await sending('a');
    await grant(world, 'a');
    await world.service.goes({ at: 'waiting', tries: 1, until: 0 });
    await world.objects.puts[0]?.fail(DROPPED);
    expect(world.objects.heads).toEqual(['/v1/a']);
    await world.service.goes({ at: 'online' });
    await grant(world, 'two');
    await world.objects.puts[1]?.fail(DROPPED);
    // The first that counts: there is one more.
    await grant(world, 'three');
    expect(stateOf(world, 'a')).toMatchObject({ at: 'uploading' });
    await world.objects.puts[2]?.fail(DROPPED);
    expect(stateOf(world, 'a')).toMatchObject({ at: 'failed', why: DROPPED });
  });

  test('what carries files is fetched once there is one', async () => {
    const world = await sending();
    const { loadTransfer } = world.ports;
    world.ports.loadTransfer = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
    await world.service.goes({ at: 'waiting', tries: 1, until: 0 });
    await world.send('a');
    expect(stateOf(world, 'a')).toMatchObject({ at: 'queued' });
    world.ports.loadTransfer = loadTransfer;
    await world.service.goes({ at: 'online' });
    expect(stateOf(world, 'a')).toMatchObject({ at: 'signing' });
    world.ports.loadTransfer = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
    await world.send('b');
    expect(stateOf(world, 'b')).toMatchObject({ at: 'failed', why: DROPPED });
  });

  test('a URL that was asked for is asked for again when the connection is back', async () => {
    const world = await sending('a');
    expect(stateOf(world, 'a')).toMatchObject({ at: 'signing' });
    await world.service.goes({ at: 'waiting', tries: 1, until: 0 });
    expect(stateOf(world, 'a')).toMatchObject({ at: 'queued' });
    await world.service.goes({ at: 'online' });
    await grant(world, 'a');
    expect(stateOf(world, 'a')).toMatchObject({ at: 'uploading' });
  });

  test('is told from a store that is down by a sign of life on the connection', async () => {
    const world = await sending('a');
    storeIsGone(world);
    await grant(world, 'a');
    await world.objects.puts[0]?.fail(DROPPED);
    expect(stateOf(world, 'a')).toMatchObject({ at: 'verifying' });
    await world.service.next('GetClock').answer({ at: null });
    expect(stateOf(world, 'a')).toMatchObject({ at: 'signing' });
  });

  test('and with a connection that only seems to live, it is asked again', async () => {
    const world = await sending('a');
    storeIsGone(world);
    await grant(world, 'a');
    await world.objects.puts[0]?.fail(DROPPED);
    await world.service.next('GetClock').fail(TIMED_OUT);
    expect(stateOf(world, 'a')).toMatchObject({ at: 'verifying' });
    await world.service.goes({ at: 'waiting', tries: 1, until: 0 });
    expect(stateOf(world, 'a')).toMatchObject({ at: 'queued' });
    expect(world.objects.puts).toHaveLength(1);
  });

  test('a file that is taken back leaves no listener', async () => {
    const world = await sending('a');
    const listeners = (world.ports.surroundings as unknown as { listeners(): number }).listeners;
    const before = listeners();
    storeIsGone(world);
    await grant(world, 'a');
    world.page.online = false;
    await world.objects.puts[0]?.fail(DROPPED);
    expect(listeners()).toBe(before + 1);
    world.outbox.cancel('a');
    await settle();
    expect(listeners()).toBe(before);
    expect(stateOf(world, 'a')).toMatchObject({ at: 'cancelled' });
  });
});
