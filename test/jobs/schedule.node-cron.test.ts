import { describe, expect, test } from '@jest/globals';
import { isValidSchedule, isValidTimeZone, startSchedule } from '../../src/jobs/schedule.node-cron.ts';
import type { Waker } from '../../src/jobs/schedule.node-cron.ts';
import { eventually } from '../support/eventually.ts';

const waker = (schedule: string, wake: Waker['wake'] = () => Promise.resolve()): Waker => ({
  name: 'reconcile',
  schedule,
  wake,
});
/** A promise and the function that ends it. */
function gate(): { readonly open: () => void; readonly opened: Promise<void> } {
  const waiting = new EventTarget();
  return {
    open: () => void waiting.dispatchEvent(new Event('open')),
    opened: new Promise((resolve) => {
      waiting.addEventListener('open', () => resolve(), { once: true });
    }),
  };
}
const at = new Date('2026-10-20T00:00:00Z');

describe('a schedule', () => {
  test("is read in the hospital's zone: 08:00 in Shanghai is midnight UTC", async () => {
    const schedule = startSchedule([waker('0 8 * * *')], 'Asia/Shanghai');

    const next = schedule.nextRuns()['reconcile'];
    await schedule.stop(1000);

    expect(next?.toISOString()).toMatch(/T00:00:00\.000Z$/);
  });

  test('really wakes', async () => {
    const slots: Date[] = [];
    const schedule = startSchedule(
      [
        waker('* * * * * *', (slot, trigger) => {
          if (trigger === 'schedule') slots.push(slot);
          return Promise.resolve();
        }),
      ],
      'Asia/Shanghai',
    );
    try {
      const first = await eventually('a wake-up', () => slots[0]);
      expect(first.getMilliseconds()).toBe(0);
    } finally {
      await schedule.stop(1000);
    }
  });

  test.each(['0 8 * *', '61 8 * * *', 'soon', '', '0 8 32 * *'])(
    'refuses the expression %p',
    (expression) => {
      expect(isValidSchedule(expression)).toBe(false);
      expect(() => startSchedule([waker(expression)], 'Asia/Shanghai')).toThrow(/reconcile/);
    },
  );

  test('refuses a zone that does not exist', () => {
    expect(isValidTimeZone('Asia/Shanghai')).toBe(true);
    expect(isValidTimeZone('Asia/Nowhere')).toBe(false);
    expect(() => startSchedule([waker('0 8 * * *')], 'Asia/Nowhere')).toThrow(/time zone/);
  });
});

describe('stopping', () => {
  test('waits for what is running, and wakes nobody afterwards', async () => {
    const woken: string[] = [];
    const { open, opened } = gate();
    const schedule = startSchedule(
      [
        waker('0 8 * * *', async () => {
          woken.push('began');
          await opened;
          woken.push('ended');
        }),
      ],
      'Asia/Shanghai',
    );
    const run = schedule.wakeAll(at);
    const stopping = schedule.stop(10_000);
    open();

    expect(await stopping).toBe(true);
    await run;
    await schedule.wakeAll(at);
    expect(woken).toEqual(['began', 'ended']);
  });

  test('gives up on one that does not end in time', async () => {
    const { open, opened } = gate();
    const schedule = startSchedule([waker('0 8 * * *', () => opened)], 'Asia/Shanghai');
    const run = schedule.wakeAll(at);

    expect(await schedule.stop(1)).toBe(false);
    open();
    await run;
  });

  test('one that runs is not woken a second time', async () => {
    let count = 0;
    const { open, opened } = gate();
    const schedule = startSchedule(
      [
        waker('0 8 * * *', () => {
          count += 1;
          return opened;
        }),
      ],
      'Asia/Shanghai',
    );
    const both = [schedule.wakeAll(at), schedule.wakeAll(at)];
    open();
    await Promise.all(both);
    await schedule.stop(1000);

    expect(count).toBe(1);
  });
});
