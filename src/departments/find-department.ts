import { DomainError } from '../shared/domain-error.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { departmentInCharge } from './department-in-charge.ts';
import { departmentOn } from './department-record.ts';
import type { DepartmentRecord } from './department-record.ts';
import type { Department } from './department.ts';
import { freshForMs } from './list-departments.ts';
import type { ListDepartmentsDeps } from './list-departments.ts';

/** A department, open or not, as it was on a day (default: today); null when the code is unknown. */
export type FindDepartment = (code: string, on?: CalendarDate) => Promise<Department | null>;

/** An unknown code asks the database again, but not more often than this: anybody can send unknown codes. */
const unknownFreshForMs = 1000;

async function recordsKnowing(deps: ListDepartmentsDeps, code: string): Promise<readonly DepartmentRecord[]> {
  const records = await deps.departments.all(freshForMs);
  return records.some((record) => record.code === code) ? records : deps.departments.all(unknownFreshForMs);
}

/** Finds a department in memory; one that another instance has just added is found within a second. */
export function createFindDepartment(deps: ListDepartmentsDeps): FindDepartment {
  return async (code, on) => {
    const record = (await recordsKnowing(deps, code)).find((one) => one.code === code);
    return record ? departmentOn(record, on ?? deps.hospitalTime.dateOf(deps.clock.now())) : null;
  };
}

/**
 * Finds in memory who answers for a code on a day (default: today): the department itself, or after a merger the one it went into.
 * What patients, links and imports bring is taken by this one.
 */
export function createFindDepartmentInCharge(deps: ListDepartmentsDeps): FindDepartment {
  return async (code, on) =>
    departmentInCharge(
      await recordsKnowing(deps, code),
      code,
      on ?? deps.hospitalTime.dateOf(deps.clock.now()),
    );
}

/** The error for a code that no department has. */
export function departmentNotFound(): DomainError {
  return new DomainError('not-found', 'department_not_found', 'No such department.');
}
