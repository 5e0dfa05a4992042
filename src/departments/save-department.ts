import { DomainError } from '../shared/domain-error.ts';
import { changeDepartment } from './change-department.ts';
import type { Among, ChangeDepartmentDeps, Judgement, SavedBy } from './change-department.ts';
import { departmentFaults } from './department-faults.ts';
import type { DepartmentFault } from './department-faults.ts';
import { changedFields, changedRecord, newRecord, storedOn } from './department-record.ts';
import type { DepartmentRecord, SaveOutcome } from './department-record.ts';
import type { DepartmentDraft } from './department.ts';

/** Which revision of a department a change was made from; left out: whatever is stored. */
export interface ChangedFrom {
  readonly revision?: number;
}

/**
 * Adds or changes a department by its code. Rejects as `changeDepartment`, and with `department_changed` when somebody else changed it since
 * the revision it was changed from.
 */
export type SaveDepartment = (
  draft: DepartmentDraft,
  by: SavedBy & Among & ChangedFrom,
) => Promise<SaveOutcome>;

/** What saving a draft comes to on a day, beside all departments. */
export function judgeDraft(
  draft: DepartmentDraft,
  before: DepartmentRecord | null,
  all: readonly DepartmentRecord[],
  today: string,
): Judgement {
  const next = before ? changedRecord(before, draft, today) : newRecord(draft, today);
  const after = storedOn(next, today);
  // A merger closes the department on its day: who wants it open again undoes the merger.
  const reopened: readonly DepartmentFault[] =
    next.merged !== null && next.until !== next.merged.from
      ? [{ pointer: '/until', code: 'until_of_merger' }]
      : [];
  return {
    faults: [...departmentFaults(after, all, today), ...reopened],
    fields: before ? changedFields(storedOn(before, today), after) : ['code'],
    next,
  };
}

/** What a save does to a record, or to none. */
export function outcomeOf(before: DepartmentRecord | null, fields: readonly string[]): SaveOutcome {
  if (!before) return 'new';
  return fields.length === 0 ? 'unchanged' : 'changed';
}

/** Builds the use case. A new name takes force today; what is equal is not written. */
export function createSaveDepartment(deps: ChangeDepartmentDeps): SaveDepartment {
  return async (draft, { revision, ...by }) => {
    const { before, after } = await changeDepartment(
      deps,
      {
        code: draft.code,
        action: 'department.save',
        judge: (stored, all, today) => {
          const judgement = judgeDraft(draft, stored, all, today);
          const outdated = stored !== null && revision !== undefined && revision !== stored.revision;
          if (outdated && judgement.fields.length > 0) throw departmentChanged();
          return judgement;
        },
      },
      by,
    );
    if (!before) return 'new';
    return before === after ? 'unchanged' : 'changed';
  };
}

const departmentChanged = (): DomainError =>
  new DomainError('conflict', 'department_changed', 'Somebody else has changed this department meanwhile.');
