import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Message } from '../../model/message.ts';
import { tableOf } from '../../model/table.ts';
import { createFirstWords } from './place.ts';

const SPEAKERS = ['ana', 'bob', 'eve'];

function said(id: string): Message {
  const from = { id: SPEAKERS[Number(id) % 3] ?? '', role: Number(id) % 5 === 0 ? 'CONTROLLER' : 'ASSIGNED_AGENT' };
  const body = { type: 'text', text: id } as const;
  return { id, dialogId: 'd', sequence: 0, at: 0, mine: false, from, body, delivery: null };
}

const ids = Array.from({ length: 30 }, (_, index) => `${index}`);
const byId = tableOf(ids.map((id) => [id, said(id)]));
const found = (list: readonly string[], words = createFirstWords()) => {
  words.read(list, byId);
  return list.filter((_, index) => words.has(index));
};

test('first words are those of people, once each', () => {
  expect(found(['0', '3', '4', '6', '10', '7', '11'])).toEqual(['3', '4', '11']);
});

test('reading on from one list to the next finds what reading it from the beginning does', () => {
  const lists = fc.array(fc.shuffledSubarray(ids), { minLength: 1, maxLength: 6 });
  const grown = fc.tuple(fc.shuffledSubarray(ids), fc.nat(30)).map(([list, at]) => [list.slice(0, at), list]);
  fc.assert(
    fc.property(fc.oneof(lists, grown), (read) => {
      const words = createFirstWords();
      for (const list of read) expect(found(list, words)).toEqual(found(list));
    }),
  );
});
