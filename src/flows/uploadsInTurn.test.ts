import { expect, test } from 'vitest';
import { failureOf } from '../protocol/failure.ts';
import { settle } from '../testing/clock.ts';
import { createTurns } from './uploadsInTurn.ts';

function rig(places: number) {
  const take = createTurns(places);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const start = (name: string, signal = new AbortController().signal) =>
    take(signal).then((release) => {
      begun.push(name);
      ends.set(name, release);
    });
  return { begun, start, end: (name: string) => ends.get(name)?.() };
}

test('[U3] two turns are taken, and the others come in the order in which they asked', async () => {
  const { begun, start, end } = rig(2);
  for (const name of ['a', 'b', 'c', 'd']) void start(name);
  await settle();
  expect(begun).toEqual(['a', 'b']);
  end('b');
  await settle();
  expect(begun).toEqual(['a', 'b', 'c']);
});

test('[U3] a turn that is given back goes to who waits, not to who asks in the same moment', async () => {
  const { begun, start, end } = rig(1);
  void start('a');
  void start('b');
  await settle();
  end('a');
  void start('c');
  await settle();
  expect(begun).toEqual(['a', 'b']);
  end('b');
  await settle();
  end('c');
  void start('d');
  await settle();
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
});

test('who stops waiting takes no turn', async () => {
  const { begun, start, end } = rig(1);
  const stop = new AbortController();
  void start('a');
  const waiting = start('b', stop.signal).catch(failureOf);
  void start('c');
  await settle();
  stop.abort();
  expect(await waiting).toMatchObject({ kind: 'aborted' });
  expect(await start('e', stop.signal).catch(failureOf)).toMatchObject({ kind: 'aborted' });
  end('a');
  await settle();
  expect(begun).toEqual(['a', 'c']);
});
