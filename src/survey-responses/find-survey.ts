import type { Department } from '../departments/department.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { SurveyForm, SurveyFormCatalogue } from '../survey-forms/survey-form.ts';

/** What finding needs. */
export interface FindSurveyDeps {
  readonly catalogue: Pick<SurveyFormCatalogue, 'find' | 'inForce'>;
  readonly findDepartment: (code: string) => Promise<Department | null>;
  readonly today: () => CalendarDate;
  /** 调查对象 of an address that names none. */
  readonly defaultGroup: string;
}

/** The department a QR code names and the form to answer there. */
export interface Survey {
  readonly department: Department;
  readonly form: SurveyForm;
}

/**
 * The department and its form: the version that was opened (`pinned`) when there is one, else the one in force today. Throws
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
  const opened = pinned && deps.catalogue.find(pinned.formId, pinned.formVersion);
  const form = opened ?? deps.catalogue.inForce(group ?? deps.defaultGroup, deps.today());
  if (!form) throw new DomainError('not-found', 'survey_form_not_found', 'No form for this patient group.');
  return { department, form };
}
