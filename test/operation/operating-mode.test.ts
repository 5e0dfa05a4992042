import { describe, expect, test } from '@jest/globals';
import { assert, boolean, integer, property } from 'fast-check';
import { isTrialMonth } from '../../src/operation/operating-mode.ts';
import type { ModeHistory, OperatingMode } from '../../src/operation/operating-mode.ts';
import { readStoredPeriod, storedPeriod, trialPrefix } from '../../src/operation/trial-period.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { addMonths } from '../../src/shared/reporting-period.ts';

const time = createHospitalTime('Asia/Shanghai');
const history = (...switches: readonly (readonly [OperatingMode, string])[]): ModeHistory =>
  switches.map(([mode, at]) => ({ mode, at: new Date(at), by: 'a', byName: '' }));
const trialMonths = (modes: ModeHistory, ...months: readonly string[]): readonly string[] =>
  months.filter((month) => isTrialMonth(modes, month, time));
const months = ['2026-08', '2026-09', '2026-10', '2026-11', '2026-12', '2027-01'] as const;

describe('a month of trial operation', () => {
  test('is one that had ended when the hospital went live; the month of the switch is not', () => {
    const wentLive = history(['trial', '2026-09-20T00:00:00Z'], ['live', '2026-10-16T02:00:00Z']);

    expect(trialMonths(wentLive, ...months)).toEqual(['2026-08', '2026-09']);
  });

  test('begins and ends at midnight of the hospital', () => {
    const atMidnight = history(['trial', '2026-09-01T00:00:00Z'], ['live', '2026-09-30T16:00:00Z']);
    const justBefore = history(['trial', '2026-09-01T00:00:00Z'], ['live', '2026-09-30T15:59:59Z']);

    expect(trialMonths(atMidnight, '2026-09', '2026-10')).toEqual(['2026-09']);
    expect(trialMonths(justBefore, '2026-09', '2026-10')).toEqual([]);
  });

  test('is also one in the middle of a return to trial, and no earlier live month', () => {
    const returned = history(
      ['live', '2026-08-10T00:00:00Z'],
      ['trial', '2026-10-03T00:00:00Z'],
      ['live', '2027-01-05T00:00:00Z'],
    );

    expect(trialMonths(returned, ...months)).toEqual(['2026-11', '2026-12']);
  });

  test('does not exist where the service has always been live', () => {
    expect(trialMonths(history(['live', '2026-11-10T00:00:00Z']), ...months)).toEqual([]);
    expect(trialMonths([], ...months)).toEqual([]);
  });
});

test('a period stored in trial operation lies in no range of months and reads back as it was', () => {
  const month = integer({ min: 0, max: 1200 }).map((n) => addMonths('2000-01', n));

  assert(
    property(month, month, boolean(), (period, last, trial) => {
      const stored = storedPeriod(period, trial);

      expect(readStoredPeriod(stored)).toEqual({ period, trial });
      expect(stored <= last).toBe(!trial && period <= last);
      expect(stored < trialPrefix).toBe(!trial);
    }),
  );
});
