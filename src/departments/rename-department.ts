import type { LocalizedText } from '../shared/localized-text.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { changeDepartment } from './change-department.ts';
import type { ChangeDepartmentDeps, SavedBy } from './change-department.ts';
import { sameName, withName } from './dated-names.ts';
import type { DepartmentRecord } from './department-record.ts';
import { departmentNotFound } from './find-department.ts';

/** A new name and the day it takes force, which may lie behind or ahead. */
export interface Renaming {
  readonly name: LocalizedText;
  readonly from: CalendarDate;
}

/** Gives a department another name from a day on; doing it again changes nothing. */
export type RenameDepartment = (code: string, renaming: Renaming, by: SavedBy) => Promise<DepartmentRecord>;

/** Builds the use case. Throws `department_not_found` and `department_busy`. Scorecards that are frozen keep the name they were printed with. */
export function createRenameDepartment(deps: ChangeDepartmentDeps): RenameDepartment {
  return async (code, { name, from }, by) => {
    const { after } = await changeDepartment(
      deps,
      {
        code,
        action: 'department.rename',
        judge: (before) => {
          if (!before) throw departmentNotFound();
          const names = withName(before.names, name, from);
          const same =
            names.length === before.names.length &&
            names.every((dated, index) => {
              const known = before.names[index];
              return known?.from === dated.from && sameName(known.name, dated.name);
            });
          const next = { ...before, names, revision: before.revision + 1 };
          return { faults: [], fields: same ? [] : ['name'], next };
        },
      },
      by,
    );
    return after;
  };
}
