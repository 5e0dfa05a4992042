import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  changedFields,
  changedRecord,
  departmentOn,
  newRecord,
  openWithin,
} from '../../src/departments/department-record.ts';
import type { DepartmentRecord } from '../../src/departments/department-record.ts';
import { noDetails } from '../../src/departments/department.ts';
import type { Department } from '../../src/departments/department.ts';
import { addDays } from '../../src/shared/reporting-period.ts';
import { deepRuns } from '../support/deep.ts';

const department: Department = {
  code: 'surgery',
  name: { 'zh-Hans': '外科', en: 'Surgery' },
  kind: 'clinical',
  active: true,
  ...noDetails,
  recipients: [
    { name: '陈', role: 'department-head', email: 'chen@hospital.example', language: 'zh-Hans' },
    { name: '赵', role: 'head-nurse', email: 'zhao@hospital.example', language: 'zh-Hans' },
  ],
};
const named = (name: string): Department => ({ ...department, name: { 'zh-Hans': name } });

describe("a department's names", () => {
  test('take force from the day of the change, and earlier days keep theirs', () => {
    const record = changedRecord(newRecord(department, '2026-01-05'), named('普外科'), '2026-10-01');

    expect(departmentOn(record, '2026-09-30')).toEqual(department);
    expect(departmentOn(record, '2026-10-01')).toEqual(named('普外科'));
    expect(departmentOn(record, '2020-01-01').name).toEqual(department.name);
    expect(record.revision).toBe(2);
  });

  test('a second change on the same day replaces the first, and undoing it leaves no trace', () => {
    const start = newRecord(department, '2026-01-05');
    const once = changedRecord(start, named('普外科'), '2026-10-01');

    expect(
      changedRecord(once, named('外一科'), '2026-10-01').names.map(({ name }) => name['zh-Hans']),
    ).toEqual(['外科', '外一科']);
    expect(changedRecord(once, department, '2026-10-01').names).toEqual(start.names);
    expect(changedRecord(start, named('外一科'), '2026-01-05').names).toEqual([
      { name: { 'zh-Hans': '外一科' }, from: '2026-01-05' },
    ]);
  });

  test('on any day are those of the last change up to it', () => {
    const change = fc.record({ days: fc.nat(20), name: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        let day = '2026-01-01';
        let record = newRecord(named('a'), day);
        const history = [{ day, name: 'a' }];
        for (const { days, name } of changes) {
          day = addDays(day, days);
          record = changedRecord(record, named(name), day);
          history.push({ day, name });
        }

        for (const { day: on } of history) {
          const expected = history.findLast((entry) => entry.day <= on)?.name;
          expect(departmentOn(record, on).name['zh-Hans']).toBe(expected);
        }
        const starts = record.names.map(({ from }) => from);
        expect(starts).toEqual([...new Set(starts)].toSorted());
        expect(
          record.names.every(
            (entry, index) => entry.name['zh-Hans'] !== record.names[index - 1]?.name['zh-Hans'],
          ),
        ).toBe(true);
      }),
      { numRuns: deepRuns(100, 10_000) },
    );
  });
});

const within = (record: DepartmentRecord, month: string): boolean =>
  openWithin(record, `2026-${month}-01`, `2026-${month}-28`);

describe('a department that is switched off', () => {
  const open = newRecord(department, '2026-01-05');
  const off = { ...department, active: false };

  test('is closed from that day on, and keeps what it did before', () => {
    const closed = changedRecord(open, off, '2026-11-05');

    expect(closed.until).toBe('2026-11-05');
    expect(departmentOn(closed, '2026-11-04').active).toBe(true);
    expect(departmentOn(closed, '2026-11-05').active).toBe(false);
    expect(['10', '11', '12'].map((month) => within(closed, month))).toEqual([true, true, false]);
  });

  test('is open again when it is switched on, and stays closed as long as it is saved as it is', () => {
    const closed = changedRecord(open, off, '2026-11-05');
    const saved = changedRecord(closed, { ...off, until: null }, '2026-11-20');

    expect(saved.until).toBe('2026-11-05');
    const { until: _until, ...draft } = department;
    expect(departmentOn(changedRecord(closed, draft, '2026-12-01'), '2026-12-02').active).toBe(true);
  });

  test('closes at once, also when a later last day was planned, and never opens when it never did', () => {
    const planned = { ...open, until: '2027-06-01' };
    const toCome = newRecord({ ...department, from: '2027-01-01' }, '2026-11-01');

    expect(changedRecord(planned, { ...off, until: '2027-06-01' }, '2026-11-05').until).toBe('2026-11-05');
    const never = changedRecord(toCome, { ...off, from: '2027-01-01' }, '2026-11-05');
    expect(departmentOn(never, '2027-02-01').active).toBe(false);
  });
});

describe('what has changed', () => {
  test('is named by field, whatever the order of keys', () => {
    const same = { ...department, name: { en: 'Surgery', 'zh-Hans': '外科' } };

    expect(changedFields(department, same)).toEqual([]);
    expect(
      changedFields(department, { ...named('x'), kind: 'window', active: false, recipients: [] }),
    ).toEqual(['name', 'kind', 'active', 'recipients']);
    expect(changedFields(department, { ...department, name: { 'zh-Hans': '外科' } })).toEqual(['name']);
    const reordered = { ...department, recipients: department.recipients.toReversed() };
    expect(changedFields(department, reordered)).toEqual(['recipients']);
  });
});
