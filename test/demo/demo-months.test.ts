import { describe, expect, test } from '@jest/globals';
import { demoMonths } from '../../src/demo/demo-months.ts';
import { dueAt } from './demo-world.ts';

describe('the months of a demonstration', () => {
  test('twelve are closed up to the last one that may be, and the present one is open', () => {
    const { closed, open } = demoMonths(new Date('2026-11-24T02:00:00Z'), '2026-11-24', dueAt);

    expect(closed).toHaveLength(12);
    expect([closed[0], closed.at(-1)]).toEqual(['2025-11', '2026-10']);
    expect(open).toEqual(['2026-11']);
  });

  test('before the closing day the month that has just ended stays open', () => {
    const { closed, open } = demoMonths(new Date('2026-11-10T02:00:00Z'), '2026-11-10', dueAt);

    expect([closed[0], closed.at(-1)]).toEqual(['2025-10', '2026-09']);
    expect(open).toEqual(['2026-10', '2026-11']);
  });
});
