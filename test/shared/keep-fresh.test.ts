import { afterEach, expect, test } from '@jest/globals';
import { keepFresh } from '../../src/shared/keep-fresh.ts';
import type { KeptFresh } from '../../src/shared/keep-fresh.ts';
import { eventually } from '../support/eventually.ts';

let kept: KeptFresh | null = null;
afterEach(() => kept?.stop());

test('a reading is renewed again and again, also after one that failed, and never twice at once', async () => {
  let runs = 0;
  let atOnce = 0;
  let most = 0;
  const failures: unknown[] = [];
  kept = keepFresh({
    everyMs: 1,
    reload: async () => {
      runs += 1;
      atOnce += 1;
      most = Math.max(most, atOnce);
      await Promise.resolve();
      atOnce -= 1;
      if (runs === 2) throw new Error('away');
    },
    onError: (error) => failures.push(error),
  });

  kept.start();
  kept.start();

  await eventually('four runs', () => runs >= 4);
  expect(most).toBe(1);
  expect(failures).toEqual([new Error('away')]);
});

test('a reading that is stopped in the middle is not renewed, and its failure is nobody’s concern', async () => {
  const failing: ((error: Error) => void)[] = [];
  let runs = 0;
  const failures: unknown[] = [];
  kept = keepFresh({
    everyMs: 1,
    reload: () => {
      runs += 1;
      return new Promise((_resolve, reject) => {
        failing.push(reject);
      });
    },
    onError: (error) => failures.push(error),
  });
  kept.start();
  await eventually('the first run', () => runs === 1);

  kept.stop();
  for (const fail of failing) fail(new Error('closed'));
  await Promise.resolve();

  expect([runs, failures]).toEqual([1, []]);
});
