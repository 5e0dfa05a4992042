import { describe, expect, test } from '@jest/globals';
import { rememberColleagues } from '../../src/staff/remembered-colleagues.ts';

function world(answers: readonly (() => Promise<readonly []>)[]) {
  let now = 0;
  let asked = 0;
  const list = rememberColleagues(
    () => {
      asked += 1;
      return (answers[asked - 1] ?? (() => Promise.resolve([])))();
    },
    { now: () => new Date(now) },
  );
  return { list, asked: () => asked, goTo: (ms: number) => (now = ms) };
}

describe('colleagues in memory', () => {
  test('are read once a minute for each department, however many answers come', async () => {
    const { list, asked, goTo } = world([]);
    await Promise.all([list('a'), list('a'), list('b')]);
    goTo(60_000);
    await list('a');
    expect(asked()).toBe(2);

    goTo(60_001);
    await list('a');
    expect(asked()).toBe(3);
  });

  test('a reading that failed is asked again at once', async () => {
    const { list, asked } = world([() => Promise.reject(new Error('away'))]);

    await expect(list('a')).rejects.toThrow('away');
    await list('a');

    expect(asked()).toBe(2);
  });
});
