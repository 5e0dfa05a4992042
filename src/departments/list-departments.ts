import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { departmentOn } from './department-record.ts';
import type { Department } from './department.ts';
import type { ReadDepartments } from './read-departments.ts';

/** What listing needs from outside. */
export interface ListDepartmentsDeps {
  readonly departments: Pick<ReadDepartments, 'all'>;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
}

/** Departments by code, with the names in force on `on` (default: today); inactive ones only when asked for. */
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
      .filter(({ active }) => active || options.includeInactive === true)
      .map((record) => departmentOn(record, date));
  };
}
