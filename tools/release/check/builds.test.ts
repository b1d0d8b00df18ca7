import { expect, test } from 'vitest';
import { differences } from './builds.ts';

const one = new Map([
  ['loader.js', 'a'],
  ['widget.js', 'b'],
]);

test('two builds are the same when they have the same files with the same bytes', () => {
  expect(differences(one, new Map(one))).toEqual([]);
});

test.each([
  [
    'another byte',
    [
      ['loader.js', 'a'],
      ['widget.js', 'c'],
    ],
    ['widget.js'],
  ],
  ['a file too few', [['loader.js', 'a']], ['widget.js']],
  ['a file too many', [...one, ['chunk.js', 'd']], ['chunk.js']],
] as const)('%s is a difference', (_, other, names) => {
  expect(differences(one, new Map(other as readonly (readonly [string, string])[]))).toEqual(names);
});
