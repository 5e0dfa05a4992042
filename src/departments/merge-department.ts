import { changeDepartment } from './change-department.ts';
import type { ChangeDepartmentDeps, SavedBy } from './change-department.ts';
import type { DepartmentFault } from './department-faults.ts';
import { recordInCharge } from './department-in-charge.ts';
import { openWithin } from './department-record.ts';
import type { DepartmentRecord, Merge } from './department-record.ts';
import { departmentNotFound } from './find-department.ts';

/** Merges a department into another from a day on; doing it again changes nothing. */
export type MergeDepartment = (code: string, merge: Merge, by: SavedBy) => Promise<DepartmentRecord>;

const lastDay = '9999-12-31';

function mergeFaults(
  before: DepartmentRecord,
  merge: Merge,
  all: readonly DepartmentRecord[],
  today: string,
): readonly DepartmentFault[] {
  const target = all.find(({ code }) => code === merge.into);
  if (!target) return [{ pointer: '/into', code: 'target_unknown' }];
  if (target.code === before.code) return [{ pointer: '/into', code: 'target_itself' }];
  if (recordInCharge(all, target.code, lastDay)?.code === before.code) {
    return [{ pointer: '/into', code: 'merger_circle' }];
  }
  const merged = before.merged !== null && before.merged.from <= today;
  return [
    ...(merged ? [{ pointer: '/into', code: 'merged_already' } as const] : []),
    ...(merge.from < today ? [{ pointer: '/from', code: 'day_past' } as const] : []),
    ...(openWithin(target, merge.from, merge.from)
      ? []
      : [{ pointer: '/into', code: 'target_closed' } as const]),
  ];
}

/**
 * Builds the use case. The department is closed on that day: what was answered, discharged and printed before stays its own, and what
 * comes for it from that day on goes to the other. Throws `department_not_found`, `department_invalid` and `department_busy`.
 */
export function createMergeDepartment(deps: ChangeDepartmentDeps): MergeDepartment {
  return async (code, merge, by) => {
    const { after } = await changeDepartment(
      deps,
      {
        code,
        action: 'department.merge',
        judge: (before, all, today) => {
          if (!before) throw departmentNotFound();
          const same = before.merged?.into === merge.into && before.merged.from === merge.from;
          const { into, from } = merge;
          const next = { ...before, merged: { into, from }, until: from, revision: before.revision + 1 };
          return {
            faults: mergeFaults(before, merge, all, today),
            fields: same ? [] : ['merged', 'until'],
            next,
          };
        },
      },
      by,
    );
    return after;
  };
}

/** Undoes a merger: the department is open again, as if it had never been closed; doing it again changes nothing. */
export type UnmergeDepartment = (code: string, by: SavedBy) => Promise<DepartmentRecord>;

/** Builds the use case. What came in the meantime stays with the department it went to. Throws `department_not_found` and `department_busy`. */
export function createUnmergeDepartment(deps: ChangeDepartmentDeps): UnmergeDepartment {
  return async (code, by) => {
    const { after } = await changeDepartment(
      deps,
      {
        code,
        action: 'department.unmerge',
        judge: (before) => {
          if (!before) throw departmentNotFound();
          const next = { ...before, merged: null, until: null, revision: before.revision + 1 };
          return { faults: [], fields: before.merged === null ? [] : ['merged', 'until'], next };
        },
      },
      by,
    );
    return after;
  };
}
