import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { daysOf } from '../shared/reporting-period.ts';
import type { CalendarDate, ReportingPeriod } from '../shared/reporting-period.ts';
import { departmentOn, openWithin } from './department-record.ts';
import type { Department } from './department.ts';
import type { ReadDepartments } from './read-departments.ts';

/** What listing needs from outside. */
export interface ListDepartmentsDeps {
  readonly departments: Pick<ReadDepartments, 'all'>;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
}

/** Departments by code, as they were on `on` (default: today); closed ones only when asked for. */
export type ListDepartments = (options?: {
  readonly on?: CalendarDate;
  readonly includeInactive?: boolean;
}) => Promise<readonly Department[]>;

/** How long a change made by another instance may stay unseen. */
export const freshForMs = 10_000;

/** Lists departments from memory, at most ten seconds old; a change made by this process is seen at once. */
export function createListDepartments(deps: ListDepartmentsDeps): ListDepartments {
  return async (options = {}) => {
    const date = options.on ?? deps.hospitalTime.dateOf(deps.clock.now());
    const records = await deps.departments.all(freshForMs);
    return records
      .map((record) => departmentOn(record, date))
      .filter(({ active }) => active || options.includeInactive === true);
  };
}

/** Departments that were open on at least one day of a month, by code, under their names of its last day. */
export type ListDepartmentsOfMonth = (period: ReportingPeriod) => Promise<readonly Department[]>;

/** Lists from memory whose month it was: one that closed in it, or since, still has its scorecard. */
export function createListDepartmentsOfMonth({
  departments,
}: Pick<ListDepartmentsDeps, 'departments'>): ListDepartmentsOfMonth {
  return async (period) => {
    const { first, last } = daysOf(period);
    const records = await departments.all(freshForMs);
    return records
      .filter((record) => openWithin(record, first, last))
      .map((record) => departmentOn(record, last));
  };
}
