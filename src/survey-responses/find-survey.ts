import type { Department, DepartmentKind } from '../departments/department.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { SurveyForm, SurveyFormCatalogue } from '../survey-forms/survey-form.ts';

/** What finding needs. */
export interface FindSurveyDeps {
  readonly catalogue: Pick<SurveyFormCatalogue, 'find' | 'inForce'>;
  /** Who answers for a code today, after mergers too. */
  readonly findDepartment: (code: string) => Promise<Department | null>;
  readonly today: () => CalendarDate;
  /** 调查对象 that may answer at a department of each kind; the first is that of an address that names none. */
  readonly groups: Readonly<Record<DepartmentKind, readonly string[]>>;
}

/** The department a QR code leads to and the form to answer there. */
export interface Survey {
  readonly department: Department;
  /** Whether the code is that of another department, which was merged into this one. */
  readonly moved: boolean;
  readonly form: SurveyForm;
}

/**
 * The department and its form. A QR code opens the form of the department's kind (a pharmacy the short one for windows); an
 * address may ask for another patient group of that kind, and one that is not of it has no form here. The version that was opened (`pinned`) when there is one, else the one in force today. Throws
 * `survey_department_not_found` (also for one that is no longer active) or `survey_form_not_found`.
 */
export async function findSurvey(
  deps: FindSurveyDeps,
  departmentCode: string,
  group: string | null,
  pinned?: { readonly formId: string; readonly formVersion: number },
): Promise<Survey> {
  const department = await deps.findDepartment(departmentCode);
  if (!department?.active) {
    throw new DomainError('not-found', 'survey_department_not_found', 'No active department has this code.');
  }
  const groups = deps.groups[department.kind];
  const asked = group === null ? groups[0] : groups.find((one) => one === group);
  const opened = pinned && deps.catalogue.find(pinned.formId, pinned.formVersion);
  const form = opened ?? (asked === undefined ? undefined : deps.catalogue.inForce(asked, deps.today()));
  if (!form) throw new DomainError('not-found', 'survey_form_not_found', 'No form for this patient group.');
  return { department, moved: department.code !== departmentCode, form };
}
