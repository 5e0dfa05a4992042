import type { CalendarDate } from '../shared/reporting-period.ts';
import { departmentOn } from './department-record.ts';
import type { DepartmentRecord } from './department-record.ts';
import type { Department } from './department.ts';

/** More mergers in a row than any hospital has: a circle cannot be written, but must not hang anything either. */
const longestChain = 50;

/** The record that answers for a code on a day: its own, or after a merger that of the department it went into; null when unknown. */
export function recordInCharge(
  records: readonly DepartmentRecord[],
  code: string,
  on: CalendarDate,
): DepartmentRecord | null {
  let record = records.find((one) => one.code === code) ?? null;
  for (let step = 0; step < longestChain && record; step += 1) {
    const { merged }: DepartmentRecord = record;
    if (merged === null || merged.from > on) return record;
    record = records.find((one) => one.code === merged.into) ?? null;
  }
  return record;
}

/** The department that answers for a code on a day, as it was on that day; null when the code is unknown. */
export function departmentInCharge(
  records: readonly DepartmentRecord[],
  code: string,
  on: CalendarDate,
): Department | null {
  const record = recordInCharge(records, code, on);
  return record && departmentOn(record, on);
}

/** The codes whose work a department has on a day: its own, and those merged into it, directly or by way of others. */
export function codesInChargeOf(
  records: readonly DepartmentRecord[],
  code: string,
  on: CalendarDate,
): readonly string[] {
  const others = records.filter(
    (one) => one.code !== code && recordInCharge(records, one.code, on)?.code === code,
  );
  return [code, ...others.map((one) => one.code)];
}
