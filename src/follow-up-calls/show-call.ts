import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { FieldError } from '../shared/domain-error.ts';
import { textIn } from '../shared/localized-text.ts';
import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import type { Principal } from '../shared/principal.ts';
import type { Colleague } from '../staff/staff-member.ts';
import type { PrivacyNotices } from '../privacy-notices/privacy-notice.ts';
import type { SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import type { AttemptFields } from './attempt-form.ts';
import { callPageModel } from './call-page.view-model.ts';
import type { CallPageModel } from './call-page.view-model.ts';
import type { OpenCallSheet } from './open-call-sheet.ts';
import type { WordsDeps } from './worklist.view-model.ts';

/** What showing a call needs. */
export interface ShowCallDeps extends WordsDeps {
  readonly openCallSheet: OpenCallSheet;
  readonly catalogue: Pick<SurveyFormCatalogue, 'inForce'>;
  readonly notices: Pick<PrivacyNotices, 'inForce'>;
  readonly patientGroup: string;
  readonly departmentNames: (locale: Locale) => Promise<ReadonlyMap<string, string>>;
  readonly hospitalName: LocalizedText;
  readonly listColleagues: (departmentCode: string) => Promise<readonly Colleague[]>;
  readonly newId: () => string;
  readonly clock: Clock;
}

/** A call to show, to whom, and what was typed before together with what was wrong with it. */
export interface ShowCallRequest {
  readonly callId: string;
  readonly principal: Principal;
  readonly locale: Locale;
  readonly requestId: string;
  readonly fields?: AttemptFields;
  readonly error?: unknown;
}

/** Makes the model of a call's page. */
export type ShowCall = (request: ShowCallRequest) => Promise<CallPageModel>;

/**
 * The page of a claimed call: fresh ids for a new attempt, or what was typed with its faults. Throws what opening the sheet
 * throws.
 */
export function createShowCall(deps: ShowCallDeps): ShowCall {
  return async ({ callId, principal, locale, requestId, fields, error }) => {
    const sheet = await deps.openCallSheet(callId, principal, requestId);
    const now = deps.clock.now();
    const names = await deps.departmentNames(locale);
    const { errors, problem } = describe(deps, locale, error);
    return callPageModel(
      {
        locale,
        sheet,
        departmentName: names.get(sheet.call.departmentCode) ?? sheet.call.departmentCode,
        colleagues: await deps.listColleagues(sheet.call.departmentCode),
        hospitalName: textIn(deps.hospitalName, locale),
        form: deps.catalogue.inForce(deps.patientGroup, deps.time.dateOf(now)) ?? null,
        notice: deps.notices.inForce(deps.time.dateOf(now)),
        fields: fields ?? {
          attemptId: deps.newId(),
          submissionId: deps.newId(),
          startedAt: now.toISOString(),
        },
        errors,
        problem,
      },
      deps,
    );
  };
}

/** Problems the page has words for. */
const known: ReadonlySet<string> = new Set([
  'attempt_conflict',
  'interview_form_unknown',
  'already_answered',
]);

function describe(
  { translate }: WordsDeps,
  locale: Locale,
  error: unknown,
): { readonly errors: readonly FieldError[]; readonly problem: string } {
  if (!(error instanceof DomainError)) return { errors: [], problem: '' };
  if (error.errors.length > 0) return { errors: error.errors, problem: '' };
  const code = known.has(error.code) ? error.code : 'other';
  return { errors: [], problem: translate(locale, `follow-up-calls:problem.${code}`) };
}
