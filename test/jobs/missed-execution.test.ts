import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { startSchedule } from '../../src/jobs/schedule.node-cron.ts';

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2026-10-19T23:00:00Z') });
});
afterEach(() => {
  jest.useRealTimers();
});

const hourly = (slots: string[]) =>
  startSchedule(
    [
      {
        name: 'reconcile',
        schedule: '0 * * * *',
        wake: (slot) => {
          slots.push(slot.toISOString());
          return Promise.resolve();
        },
      },
    ],
    'Asia/Shanghai',
  );

describe('a machine that slept', () => {
  test('wakes the job when it is back, instead of waiting for the next slot', async () => {
    const slots: string[] = [];
    const schedule = hourly(slots);

    jest.setSystemTime(new Date('2026-10-20T02:30:00Z'));
    await jest.advanceTimersByTimeAsync(3_600_000);
    await schedule.stop(0);

    expect(slots.length).toBeGreaterThan(0);
    expect(slots[0]).toBe('2026-10-20T00:00:00.000Z');
  });

  test('a heartbeat that is a minute late still counts as its slot', async () => {
    const slots: string[] = [];
    const schedule = hourly(slots);

    jest.setSystemTime(new Date('2026-10-19T23:01:00Z'));
    await jest.advanceTimersByTimeAsync(3_600_000);
    await schedule.stop(0);

    expect(slots).toEqual(['2026-10-20T00:00:00.000Z']);
  });

  test('a yearly job survives delays longer than a timer can hold', async () => {
    const slots: string[] = [];
    const schedule = startSchedule(
      [
        {
          name: 'j',
          schedule: '0 8 1 12 *',
          wake: (slot) => Promise.resolve(void slots.push(slot.toISOString())),
        },
      ],
      'Asia/Shanghai',
    );

    await jest.advanceTimersByTimeAsync(50 * 86_400_000);
    await schedule.stop(0);

    expect(slots).toEqual(['2026-12-01T00:00:00.000Z']);
  });
});
