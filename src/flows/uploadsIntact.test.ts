import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { DROPPED } from '../protocol/failure.ts';
import { grant, sending, stateOf } from '../testing/sendingFiles.ts';
import { watchIntact } from './uploadsIntact.ts';

const { signal } = new AbortController();
const folder = mkdtempSync(join(tmpdir(), 'attache-intact-'));
const path = join(folder, 'notes.txt');

afterEach(() => rmSync(path, { force: true }));

/** A file on the disk, as a picker hands it over: read when it is needed. */
async function picked(text = 'a note. '.repeat(100)) {
  writeFileSync(path, text);
  return openAsBlob(path);
}

const change = () => writeFileSync(path, 'something else that is longer. '.repeat(100));

async function sendingPicked() {
  const world = await sending();
  world.sendBlob('a', await picked());
  const at = (state: string) => vi.waitFor(() => expect(stateOf(world, 'a')).toMatchObject({ at: state }));
  return { ...world, at };
}

describe('[U11] a file on the disk', () => {
  test('that was changed since it was picked is not uploaded, and no URL is asked for', async () => {
    const world = await sending();
    const blob = await picked();
    change();
    world.sendBlob('a', blob);
    await vi.waitFor(() => expect(stateOf(world, 'a')).toMatchObject({ at: 'failed', why: { kind: 'changed' } }));
    expect(world.service.waiting()).toEqual([]);
    expect(world.objects.puts).toEqual([]);
  });

  test.each([
    ['changed', change],
    ['deleted', () => rmSync(path)],
  ])('that is %s while it is uploaded is not tried again', async (_, happen) => {
    const world = await sendingPicked();
    await world.at('signing');
    await grant(world, 'a');
    happen();
    await world.objects.puts[0]?.fail(DROPPED);
    await world.at('failed');
    expect(stateOf(world, 'a')).toMatchObject({ why: { kind: 'changed', delivery: 'not-sent' } });
    expect(world.objects.heads).toEqual(['/v1/a']);
    expect(world.objects.puts).toHaveLength(1);
    expect(world.service.waiting()).toEqual([]);
  });

  test('that has landed before it was changed is published', async () => {
    const world = await sendingPicked();
    await world.at('signing');
    await grant(world, 'a');
    world.objects.held.add('/v1/a');
    change();
    await world.objects.puts[0]?.fail(DROPPED);
    await world.at('publishing');
  });

  test('that is as it was gets its fresh URL', async () => {
    const world = await sendingPicked();
    await world.at('signing');
    await grant(world, 'a');
    await world.objects.puts[0]?.fail(DROPPED);
    await world.at('signing');
  });
});

describe('what is looked at', () => {
  /** A blob of a browser that reads whatever lies at the path now. */
  const blobOver = (bytes: () => Uint8Array<ArrayBuffer>, size: number) =>
    ({ size, slice: (from: number, to: number) => new Blob([bytes().subarray(from, to)]) }) as unknown as Blob;

  test.each([0, 500, 999])('are other bytes at %i', async (at) => {
    const bytes = new Uint8Array(1_000);
    const intact = watchIntact(blobOver(() => bytes, 1_000));
    await intact(signal);
    await intact(signal);
    bytes[at] = 1;
    await expect(intact(signal)).rejects.toMatchObject({ failure: { kind: 'changed' } });
  });

  test('can be as small as nothing', async () => {
    await watchIntact(new Blob([]))(signal);
    await watchIntact(new Blob(['x']))(signal);
  });

  test('interests nobody any more once the file has been taken back', async () => {
    const stop = new AbortController();
    const gone = watchIntact(await picked())(stop.signal);
    stop.abort();
    await expect(gone).rejects.toMatchObject({ failure: { kind: 'aborted' } });
  });
});
