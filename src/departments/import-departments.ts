import { DomainError } from '../shared/domain-error.ts';
import type { FieldError } from '../shared/domain-error.ts';
import type { SaveOutcome } from './department-record.ts';
import type { Department } from './department.ts';
import type { SaveDepartment, SavedBy } from './save-department.ts';

/** What importing needs from outside. */
export interface ImportDepartmentsDeps {
  readonly check: (
    value: unknown,
  ) => { readonly departments: readonly Department[] } | { readonly problems: readonly FieldError[] };
  readonly saveDepartment: SaveDepartment;
  /** What saving would do, without doing it. */
  readonly previewDepartment: (department: Department) => Promise<SaveOutcome>;
}

/** What an import did, or would do, to each department, in the order of the list. */
export interface ImportResult {
  readonly dryRun: boolean;
  readonly rows: readonly { readonly code: string; readonly outcome: SaveOutcome }[];
}

/**
 * Imports `{departments: […]}`: each is added or changed by its code, one that the list lacks stays. Doing it again changes nothing. Rejects
 * with `departments_invalid` and every fault with its pointer when any row is wrong, and writes nothing then.
 */
export type ImportDepartments = (
  value: unknown,
  options: SavedBy & { readonly dryRun: boolean },
) => Promise<ImportResult>;

/** Imports departments from a list that nobody has checked yet. */
export function createImportDepartments(deps: ImportDepartmentsDeps): ImportDepartments {
  return async (value, { dryRun, ...by }) => {
    const checked = deps.check(value);
    if ('problems' in checked) {
      throw new DomainError('invalid', 'departments_invalid', 'The list of departments has faults.', {
        errors: checked.problems,
      });
    }
    const rows: { code: string; outcome: SaveOutcome }[] = [];
    for (const department of checked.departments) {
      const outcome = dryRun
        ? await deps.previewDepartment(department)
        : await deps.saveDepartment(department, by);
      rows.push({ code: department.code, outcome });
    }
    return { dryRun, rows };
  };
}
