import { describe, expect, test } from 'vitest';
import { captionUnder, nameOfFile, splitName } from './fileName.ts';

test.each([
  ['slope.jpg', 'JPG', 'slope.jpg'],
  ['slope.JPEG', 'JPG', 'slope.JPEG'],
  ['Our slope', 'JPG', 'Our slope.jpg'],
  ['', 'PDF', 'Document.pdf'],
  ['bill\u202Efdp.exe', 'PDF', 'billfdp.exe.pdf'],
  ['a\r\n\tb.pdf', 'PDF', 'ab.pdf'],
  ['plan', 'ODT', 'plan.odt'],
])('the name of a file with the caption %j and type %s is %j', (caption, fileType, name) => {
  expect(nameOfFile({ caption, fileType }, 'Document')).toBe(name);
});

describe('captionUnder', () => {
  test.each([
    ['', 'a.jpg', ''],
    ['  ', 'a.jpg', ''],
    ['My slope', 'My slope', ''],
    ['b.jpg', 'a.jpg', ''],
    ['Here is b.jpg', 'a.jpg', 'Here is b.jpg'],
    ['My slope', 'a.jpg', 'My slope'],
  ])('%j under %j is %j', (caption, name, shown) => {
    expect(captionUnder(caption, name, 'JPG')).toBe(shown);
  });
});

test.each(['short.pdf', 'Meadow planting guide 2026.pdf', '👩‍🌾👩‍🌾👩‍🌾👩‍🌾👩‍🌾👩‍🌾👩‍🌾👩‍🌾.png', ''])(
  'a name in two parts is still the name: %s',
  (name) => {
    const [head, tail] = splitName(name);
    expect(head + tail).toBe(name);
    expect(tail).not.toMatch(/^\s/);
  },
);
