import { afterEach, expect, test } from 'vitest';
import { jsonOf } from './json.ts';

afterEach(() => {
  Reflect.deleteProperty(Array.prototype, 'toJSON');
});

test('says what JSON.stringify says', () => {
  const value = { a: [1, { b: ['"', null] }, undefined], at: new Date(0), gone: undefined, n: Number.NaN };
  expect(jsonOf(value)).toBe(JSON.stringify(value));
  expect(jsonOf([1, [2]])).toBe('[1,[2]]');
});

test("arrays stay arrays where a page's prototypes make strings of them", () => {
  Object.assign(Array.prototype, { toJSON: () => 'a string' });
  expect(JSON.stringify({ a: [1] })).toBe('{"a":"a string"}');
  expect(jsonOf({ a: [1, { b: [2] }] })).toBe('{"a":[1,{"b":[2]}]}');
  expect(jsonOf([1, [2]])).toBe('[1,[2]]');
});
