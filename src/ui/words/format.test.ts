import { expect, test } from 'vitest';
import { createFormats } from './format.ts';

test.each([
  [1, '1 kB'],
  [193, '1 kB'],
  [12_400, '12 kB'],
  [226_000, '0.2 MB'],
  [4_800_000, '4.8 MB'],
])('%d bytes are said as %s', (bytes, words) => {
  expect(createFormats('en-GB').size(bytes)).toBe(words);
});
