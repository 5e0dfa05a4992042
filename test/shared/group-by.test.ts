import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { groupBy } from '../../src/shared/group-by.ts';

const byValue = (a: number, b: number): number => a - b;

test('groups stand in the order of their first value, values in their own order', () => {
  const groups = groupBy(['b1', 'a1', 'b2', 'c1', 'a2'], (value) => value[0]);

  expect([...groups]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1', 'a2']],
    ['c', ['c1']],
  ]);
});

test('no value is lost, doubled or put under another key', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (values) => {
      const groups = groupBy(values, (value) => value % 5);

      expect([...groups.values()].flat().toSorted(byValue)).toEqual(values.toSorted(byValue));
      expect(
        [...groups].every(([key, group]) => group.length > 0 && group.every((value) => value % 5 === key)),
      ).toBe(true);
    }),
  );
});

test('a key may be any name, also that of a prototype', () => {
  expect(groupBy(['__proto__', 'constructor'], (value) => value).get('__proto__')).toEqual(['__proto__']);
  expect(groupBy([], String).size).toBe(0);
});
