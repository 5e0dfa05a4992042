import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { FieldError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { SavedBy } from './change-department.ts';
import { faultTexts } from './department-faults.ts';
import type { DepartmentRecord, SaveOutcome } from './department-record.ts';
import type { DepartmentDraft } from './department.ts';
import type { DepartmentStore } from './department.store.ts';
import { judgeDraft, outcomeOf } from './save-department.ts';
import type { SaveDepartment } from './save-department.ts';

/** What importing needs from outside. */
export interface ImportDepartmentsDeps {
  readonly check: (
    value: unknown,
  ) => { readonly departments: readonly DepartmentDraft[] } | { readonly problems: readonly FieldError[] };
  readonly store: Pick<DepartmentStore, 'list'>;
  readonly saveDepartment: SaveDepartment;
  readonly translate: Translate;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
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

function invalid(errors: readonly FieldError[]): DomainError {
  return new DomainError('invalid', 'departments_invalid', 'The list of departments has faults.', { errors });
}

/** What each draft would come to when all were saved: a nursing unit may move from one of them to another. */
function judgeAll(drafts: readonly DepartmentDraft[], stored: readonly DepartmentRecord[], today: string) {
  const before = new Map(stored.map((record) => [record.code, record]));
  const after = new Map(before);
  for (const draft of drafts) {
    after.set(draft.code, judgeDraft(draft, before.get(draft.code) ?? null, [], today).next);
  }
  const among = [...after.values()];
  const judged = drafts.map((draft) => {
    const known = before.get(draft.code) ?? null;
    const { faults, fields } = judgeDraft(draft, known, among, today);
    return { code: draft.code, faults, outcome: outcomeOf(known, fields) };
  });
  return { among, judged };
}

/** Imports departments from a list that nobody has checked yet. */
export function createImportDepartments(deps: ImportDepartmentsDeps): ImportDepartments {
  return async (value, { dryRun, ...by }) => {
    const checked = deps.check(value);
    if ('problems' in checked) throw invalid(checked.problems);
    const today = deps.hospitalTime.dateOf(deps.clock.now());
    const { among, judged } = judgeAll(checked.departments, await deps.store.list(), today);
    const errors = judged.flatMap(({ faults }, index) =>
      faultTexts(faults, deps.translate, by.locale ?? 'zh-Hans').map(({ pointer, code, detail }) => ({
        pointer: `/departments/${index}${pointer}`,
        code,
        detail,
      })),
    );
    if (errors.length > 0) throw invalid(errors);
    if (dryRun) return { dryRun, rows: judged.map(({ code, outcome }) => ({ code, outcome })) };
    const rows: { code: string; outcome: SaveOutcome }[] = [];
    for (const draft of checked.departments) {
      rows.push({ code: draft.code, outcome: await deps.saveDepartment(draft, { ...by, among }) });
    }
    return { dryRun, rows };
  };
}
