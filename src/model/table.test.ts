import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frozen } from '../testing/freeze.ts';
import { draftOfTable, type Table, tableOf } from './table.ts';

const contents = (table: Table<number>) => [...table.values()].sort((a, b) => a - b);

const key = fc.oneof(fc.constantFrom('__proto__', 'constructor', ''), fc.string(), fc.nat(20).map(String));
const step = fc.oneof(fc.record({ set: key, value: fc.integer() }), fc.record({ delete: key }));

describe('table', () => {
  test('does what a map does, and leaves every earlier state as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 5 }), { maxLength: 10 }), (calls) => {
        const states: { table: Table<number>; map: Map<string, number> }[] = [];
        let table = frozen(tableOf<number>());
        const map = new Map<string, number>();
        for (const steps of calls) {
          const draft = draftOfTable(table);
          for (const one of steps) {
            if ('set' in one) {
              draft.set(one.set, one.value);
              map.set(one.set, one.value);
            } else {
              draft.delete(one.delete);
              map.delete(one.delete);
            }
          }
          table = frozen(draft.done());
          states.push({ table, map: new Map(map) });
        }
        for (const { table: then, map: expected } of states) {
          expect(then.size).toBe(expected.size);
          expect(contents(then)).toEqual([...expected.values()].sort((a, b) => a - b));
          for (const [name, value] of expected) expect(then.get(name)).toBe(value);
        }
      }),
    );
  });

  test('is the same object when nothing was changed', () => {
    const table = tableOf([['a', 1]]);
    expect(draftOfTable(table).done()).toBe(table);
  });

  test('shares all buckets but the changed one', () => {
    const table = tableOf(Array.from({ length: 10_000 }, (_, index) => [`dialog/${index}`, index] as const));
    const draft = draftOfTable(table);
    draft.set('dialog/10000', 10_000);
    const after = draft.done();
    const changed = after.buckets.filter((bucket, at) => bucket !== table.buckets[at]);
    expect(changed).toHaveLength(1);
    expect(Math.max(...after.buckets.map(({ size }) => size))).toBeLessThan(120);
  });
});
