import { expect, test } from 'vitest';
import { shareReading } from './sharedReading.ts';

const FILE = Uint8Array.from({ length: 100 }, (_, at) => at);

async function all(stream: ReadableStream<Uint8Array> | null): Promise<number[]> {
  return Array.from(new Uint8Array(await new Response(stream).arrayBuffer()));
}

test('what the one reads, the other gets once, though parts of it are read again', async () => {
  const { heard, ended, stream } = shareReading();
  const listener = all(stream());
  heard(FILE.slice(0, 40), 0);
  heard(FILE.slice(30, 60), 30);
  heard(FILE.slice(50, 55), 50);
  heard(FILE.slice(60), 60);
  ended();
  expect(await listener).toEqual(Array.from(FILE));
});

test('there is one listener, and none who comes too late', () => {
  const first = shareReading();
  expect(first.stream()).toBeInstanceOf(ReadableStream);
  expect(first.stream()).toBeNull();
  const second = shareReading();
  second.heard(FILE.slice(0, 40), 0);
  expect(second.stream()).toBeNull();
  const third = shareReading();
  third.ended();
  expect(third.stream()).toBeNull();
});

test('a listener does not take a part for the whole', async () => {
  const withGap = shareReading();
  const listener = all(withGap.stream());
  withGap.heard(FILE.slice(0, 40), 0);
  withGap.heard(FILE.slice(50), 50);
  withGap.ended();
  await expect(listener).rejects.toThrow('not all of it is read');
  const unreadable = shareReading();
  const other = all(unreadable.stream());
  unreadable.failed(new Error('the file is gone'));
  await expect(other).rejects.toThrow('the file is gone');
});

test('one who has cancelled is told nothing more', async () => {
  const { heard, ended, failed, stream } = shareReading();
  await stream()?.cancel();
  heard(FILE.slice(0, 40), 0);
  ended();
  failed(new Error('the file is gone'));
});
