import type { CalendarDate } from '../shared/reporting-period.ts';
import { departmentOn } from './department-record.ts';
import type { Department } from './department.ts';
import { freshForMs } from './list-departments.ts';
import type { ListDepartmentsDeps } from './list-departments.ts';

/** A department, active or not, with the name in force on a day (default: today); null when the code is unknown. */
export type FindDepartment = (code: string, on?: CalendarDate) => Promise<Department | null>;

/** An unknown code asks the database again, but not more often than this: anybody can send unknown codes. */
const unknownFreshForMs = 1000;

/** Finds a department in memory; one that another instance has just added is found within a second. */
export function createFindDepartment(deps: ListDepartmentsDeps): FindDepartment {
  return async (code, on) => {
    const named = (record: { readonly code: string }): boolean => record.code === code;
    const record =
      (await deps.departments.all(freshForMs)).find(named) ??
      (await deps.departments.all(unknownFreshForMs)).find(named);
    return record ? departmentOn(record, on ?? deps.hospitalTime.dateOf(deps.clock.now())) : null;
  };
}
