import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { addDays, periodOf } from '../../src/shared/reporting-period.ts';
import { deepRuns } from '../support/deep.ts';

const shanghai = createHospitalTime('Asia/Shanghai');
const berlin = createHospitalTime('Europe/Berlin');
const at = (text: string): Date => new Date(text);
const hours = (date: string): number =>
  (berlin.momentOf(addDays(date, 1), '00:00').getTime() - berlin.momentOf(date, '00:00').getTime()) /
  3_600_000;
const runs = { numRuns: deepRuns(200, 20_000) };
const moment = fc.date({
  min: at('2000-01-01T00:00:00Z'),
  max: at('2100-01-01T00:00:00Z'),
  noInvalidDate: true,
});

describe("the hospital's day", () => {
  test('2026-10-31T16:30Z belongs to November in Shanghai', () => {
    expect(shanghai.dateOf(at('2026-10-31T16:30:00Z'))).toBe('2026-11-01');
    expect(periodOf(shanghai.dateOf(at('2026-10-31T16:30:00Z')))).toBe('2026-11');
    expect(shanghai.dateOf(at('2026-10-31T15:59:59.999Z'))).toBe('2026-10-31');
  });

  test('turns the year at midnight of the hospital', () => {
    expect(shanghai.dateOf(at('2026-12-31T15:59:59Z'))).toBe('2026-12-31');
    expect(shanghai.dateOf(at('2026-12-31T16:00:00Z'))).toBe('2027-01-01');
  });

  test('has a 29th of February in leap years only', () => {
    expect(shanghai.dateOf(at('2028-02-28T16:00:00Z'))).toBe('2028-02-29');
    expect(shanghai.dateOf(at('2026-02-28T16:00:00Z'))).toBe('2026-03-01');
  });
});

describe('a wall-clock time of the hospital', () => {
  test('08:00 in Shanghai is midnight UTC', () => {
    expect(shanghai.momentOf('2026-10-20', '08:00').toISOString()).toBe('2026-10-20T00:00:00.000Z');
  });

  // EU summer time begins 2026-03-29 at 01:00 UTC and ends 2026-10-25 at 01:00 UTC (Directive 2000/84/EC).
  test('that a clock change skips is taken an hour later', () => {
    expect(berlin.momentOf('2026-03-29', '02:30').toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(berlin.format(berlin.momentOf('2026-03-29', '02:30'))).toBe('2026-03-29 03:30');
  });

  test('that a clock change repeats is the first of the two, and both are the same day', () => {
    expect(berlin.momentOf('2026-10-25', '02:30').toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(berlin.dateOf(at('2026-10-25T00:30:00Z'))).toBe('2026-10-25');
    expect(berlin.dateOf(at('2026-10-25T01:30:00Z'))).toBe('2026-10-25');
  });

  test('midnights of days around a clock change are 23, 24 and 25 hours apart', () => {
    expect([hours('2026-03-28'), hours('2026-03-29'), hours('2026-10-25')]).toEqual([24, 23, 25]);
  });

  test('refuses a day or a zone that does not exist', () => {
    expect(() => shanghai.momentOf('2026-02-31', '08:00')).toThrow(RangeError);
    expect(() => createHospitalTime('Asia/Nowhere')).toThrow(RangeError);
  });
});

describe('moments and days', () => {
  test('every moment lies in [midnight of its day, midnight of the next)', () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(shanghai, berlin), (value, time) => {
        const date = time.dateOf(value);
        expect(time.momentOf(date, '00:00').getTime()).toBeLessThanOrEqual(value.getTime());
        expect(time.momentOf(addDays(date, 1), '00:00').getTime()).toBeGreaterThan(value.getTime());
        expect(time.format(value).slice(0, 10)).toBe(date);
      }),
      runs,
    );
  });

  test("do not depend on the machine's own zone", () => {
    const program = `
      import { createHospitalTime } from './src/shared/hospital-time.ts';
      const time = createHospitalTime('Asia/Shanghai');
      const moments = ['2026-10-31T16:30:00Z', '2026-03-08T07:30:00Z', '2026-12-31T15:59:59Z'].map((text) => new Date(text));
      console.log(JSON.stringify([new Date(0).getTimezoneOffset(), ...moments.map((moment) => time.format(moment)),
        time.momentOf('2026-03-08', '02:30').toISOString(), time.momentOf('2026-10-20', '08:00').toISOString()]));`;
    const [west, east] = ['America/New_York', 'Pacific/Auckland'].map(
      (TZ) =>
        JSON.parse(
          execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
            cwd: projectRoot(),
            env: { ...process.env, TZ },
            encoding: 'utf8',
          }),
        ) as readonly unknown[],
    );

    expect(west?.[0]).not.toBe(east?.[0]);
    expect(west?.slice(1)).toEqual(east?.slice(1));
    expect(west?.slice(1)).toEqual([
      '2026-11-01 00:30',
      '2026-03-08 15:30',
      '2026-12-31 23:59',
      '2026-03-07T18:30:00.000Z',
      '2026-10-20T00:00:00.000Z',
    ]);
  });
});
