import { describe, expect, test } from 'vitest';
import { refused } from '../protocol/failure.ts';
import { settle } from '../testing/clock.ts';
import { grant, sending, stateOf } from '../testing/sendingFiles.ts';

describe('[U10] a file that fails behind another', () => {
  test('says so at once and is not uploaded again by what happens to others', async () => {
    const world = await sending('a', 'b', 'c');
    await grant(world, 'a');
    await grant(world, 'b');
    await world.objects.puts[1]?.fail(refused(413, ''));
    expect(stateOf(world, 'b')).toMatchObject({ at: 'failed', why: { code: 413 } });
    expect(world.store.getState().transcript.byId.get('b')?.delivery).toMatchObject({ at: 'failed' });
    await grant(world, 'c');
    world.outbox.sendText('and a word');
    await world.objects.puts[0]?.done();
    await world.objects.puts[2]?.done();
    await world.service.next('ms.PublishEvent').answer({ sequence: 1 });
    await world.service.next('ms.PublishEvent').answer({ sequence: 2 });
    expect(world.service.next('ms.PublishEvent').body).toMatchObject({ event: { message: 'and a word' } });
    expect(world.objects.puts).toHaveLength(3);
    expect(world.service.waiting()).toEqual([]);
  });

  test('can be sent again while the others are still on their way', async () => {
    const world = await sending('a', 'b');
    await grant(world, 'a');
    await grant(world, 'b');
    await world.objects.puts[1]?.fail(refused(413, ''));
    world.outbox.retry('b');
    await settle();
    await grant(world, 'again');
    expect(stateOf(world, 'b')).toMatchObject({ at: 'uploading' });
    expect(world.objects.puts).toHaveLength(3);
  });
});

describe('[O4] where a file lies in the store', () => {
  test('is kept as soon as it lies there, before its turn to be published has come', async () => {
    const world = await sending('a', 'b');
    await grant(world, 'a');
    await grant(world, 'b');
    world.outbox.sendText('and a word');
    await world.objects.puts[1]?.done();
    const paths = world.shelf.flatMap(({ id, body }) => (id === 'b' && body.kind === 'file' ? [body.path] : []));
    expect(paths).toEqual([null, '/v1/b']);
  });

  test('is kept when a refused publish is sent again', async () => {
    const world = await sending('a');
    await grant(world, 'a');
    await world.objects.puts[0]?.done();
    await world.service.next('ms.PublishEvent').fail(refused(400, ''));
    world.shelf.length = 0;
    world.outbox.retry('a');
    await settle();
    expect(world.shelf.map(({ body }) => body.kind === 'file' && body.path)).not.toContain(null);
    expect(stateOf(world, 'a')).toMatchObject({ at: 'publishing' });
  });
});

describe('[U7] a busy store', () => {
  test('is left alone for as long as it asks', async () => {
    const world = await sending('a');
    await grant(world, 'a');
    const why = { kind: 'refused', delivery: 'refused', code: 503, message: '', retryAfter: 30_000 } as const;
    await world.objects.puts[0]?.fail(why);
    expect(stateOf(world, 'a')).toMatchObject({ at: 'queued' });
    await world.clock.advance(29_999);
    expect(world.service.waiting()).toEqual([]);
    await world.clock.advance(1);
    expect(world.service.waiting()).toEqual(['ms.GenerateURLForUploadFile']);
  });

  test('that asks for less than the usual wait gets the usual one', async () => {
    const world = await sending('a');
    await grant(world, 'a');
    const why = { kind: 'refused', delivery: 'refused', code: 429, message: '', retryAfter: 0 } as const;
    await world.objects.puts[0]?.fail(why);
    await world.clock.advance(1_999);
    expect(world.service.waiting()).toEqual([]);
  });
});

test('[U9] a file that is taken back in the moment in which it is stored is not published', async () => {
  const world = await sending('a');
  await grant(world, 'a');
  const stored = world.objects.puts[0]?.done();
  world.outbox.cancel('a');
  await stored;
  expect(world.service.waiting()).toEqual([]);
  expect(world.uploads.path('a')).toBeNull();
});

describe('file sharing is not off', () => {
  test('because of a word of the store that sounds like it', async () => {
    const world = await sending('a');
    await grant(world, 'a');
    await world.objects.puts[0]?.fail(refused(405, 'Method Not Allowed'));
    expect(world.store.getState().fileSharing).toBe('on');
  });

  test('because one file is refused', async () => {
    const world = await sending('a');
    await world.service.next('ms.GenerateURLForUploadFile').fail(refused(400, 'Unsupported file type EXE'));
    expect(stateOf(world, 'a')).toMatchObject({ at: 'failed', why: { code: 400 } });
    expect(world.store.getState().fileSharing).toBe('on');
  });
});
