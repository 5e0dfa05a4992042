import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  codesInChargeOf,
  departmentInCharge,
  recordInCharge,
} from '../../src/departments/department-in-charge.ts';
import { newRecord, openWithin } from '../../src/departments/department-record.ts';
import type { DepartmentRecord } from '../../src/departments/department-record.ts';
import { addDays } from '../../src/shared/reporting-period.ts';
import { deepRuns } from '../support/deep.ts';

const record = (code: string, changes: Partial<DepartmentRecord> = {}): DepartmentRecord => ({
  ...newRecord(
    { code, name: { 'zh-Hans': code }, kind: 'clinical', active: true, recipients: [] },
    '2026-01-01',
  ),
  ...changes,
});
const mergedOn = (code: string, into: string, from: string): DepartmentRecord =>
  record(code, { merged: { into, from }, until: from });

describe('who answers for a code', () => {
  test('is the department itself before the day of its merger, and the other from that day on, over several mergers', () => {
    const all = [mergedOn('aa', 'bb', '2026-06-01'), mergedOn('bb', 'cc', '2026-09-01'), record('cc')];
    const inCharge = (on: string) => departmentInCharge(all, 'aa', on);

    expect(inCharge('2026-05-31')).toMatchObject({ code: 'aa', active: true });
    expect(inCharge('2026-06-01')).toMatchObject({ code: 'bb', active: true });
    expect(inCharge('2026-08-31')?.code).toBe('bb');
    expect(inCharge('2026-09-01')?.code).toBe('cc');
    expect(departmentInCharge(all, 'zz', '2026-09-01')).toBeNull();
    expect(codesInChargeOf(all, 'cc', '2026-08-31')).toEqual(['cc']);
    expect(codesInChargeOf(all, 'cc', '2026-09-01')).toEqual(['cc', 'aa', 'bb']);
  });

  test('is nobody when the other does not exist, and ends even in a circle that nobody could have written', () => {
    expect(recordInCharge([mergedOn('aa', 'gone', '2026-06-01')], 'aa', '2026-06-01')).toBeNull();
    const circle = [mergedOn('aa', 'bb', '2026-06-01'), mergedOn('bb', 'aa', '2026-06-01')];
    expect(recordInCharge(circle, 'aa', '2026-06-01')?.code).toMatch(/aa|bb/);
  });

  test('on any day each code has one in charge, and that one lists the code among its own', () => {
    const day = fc.nat(60).map((days) => addDays('2026-01-01', days));
    const chain = fc.array(day, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(chain, day, (days, on) => {
        const all = [
          ...days.map((from, index) => mergedOn(`d${index}`, `d${index + 1}`, from)),
          record(`d${days.length}`),
        ];
        for (const { code } of all) {
          const inCharge = recordInCharge(all, code, on)?.code ?? '';
          expect(codesInChargeOf(all, inCharge, on)).toContain(code);
        }
      }),
      { numRuns: deepRuns(100, 5000) },
    );
  });
});

describe('a department is open', () => {
  test.each([
    [{}, true],
    [{ from: '2026-10-31' }, true],
    [{ from: '2026-11-01' }, false],
    [{ until: '2026-10-01' }, false],
    [{ until: '2026-10-02' }, true],
    [{ active: false }, false],
  ])('%p within October 2026: %p', (changes, open) => {
    expect(openWithin(record('aa', changes), '2026-10-01', '2026-10-31')).toBe(open);
  });
});
