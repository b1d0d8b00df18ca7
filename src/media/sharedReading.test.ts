import { expect, test } from 'vitest';
import { shareReading } from './sharedReading.ts';

const FILE = Uint8Array.from({ length: 100 }, (_, at) => at);

async function all(stream: ReadableStream<Uint8Array> | null): Promise<number[]> {
  return Array.from(new Uint8Array(await new Response(stream).arrayBuffer()));
}

test('what the one reads, the other gets', async () => {
  const { heard, ended, stream } = shareReading();
  const listener = all(stream());
  heard(FILE.slice(0, 40));
  heard(FILE.slice(40));
  ended();
  expect(await listener).toEqual(Array.from(FILE));
});

test('there is one listener, and none who comes too late', () => {
  const first = shareReading();
  expect(first.stream()).toBeInstanceOf(ReadableStream);
  expect(first.stream()).toBeNull();
  const second = shareReading();
  second.heard(FILE.slice(0, 40));
  expect(second.stream()).toBeNull();
  const third = shareReading();
  third.ended();
  expect(third.stream()).toBeNull();
});

test('a listener does not take a part for the whole', async () => {
  const unreadable = shareReading();
  const other = all(unreadable.stream());
  unreadable.heard(FILE.slice(0, 40));
  unreadable.failed(new Error('the file is gone'));
  await expect(other).rejects.toThrow('the file is gone');
});

test('one who has cancelled is told nothing more', async () => {
  const { heard, ended, failed, stream } = shareReading();
  await stream()?.cancel();
  heard(FILE.slice(0, 40));
  ended();
  failed(new Error('the file is gone'));
});
