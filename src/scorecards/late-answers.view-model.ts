import type { Translate } from '../shared/i18n.ts';
import { textIn } from '../shared/localized-text.ts';
import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import { addMonths } from '../shared/reporting-period.ts';
import type { SurveyForm } from '../survey-forms/survey-form.ts';
import { periodText, say } from './figure.view-model.ts';
import type { ViewContext } from './figure.view-model.ts';
import type { LateAnswerRow, LateAnswersOfPeriod } from './late-answers.ts';

/** The page of a closed month's late answers in words. */
export interface LateAnswersView {
  readonly period: string;
  readonly earlier: string;
  readonly later: string;
  /** Empty without a notice. */
  readonly notice: string;
  readonly closed: boolean;
  readonly status: string;
  readonly summary: string;
  readonly rows: readonly {
    readonly department: string;
    readonly form: string;
    readonly mode: string;
    readonly n: string;
    readonly received: string;
  }[];
  readonly revisions: readonly {
    readonly label: string;
    readonly href: string;
    readonly closedAt: string;
    readonly cutoffAt: string;
    readonly reason: string;
  }[];
  readonly form: { readonly action: string; readonly base: number; readonly reason: string } | null;
}

/** What the page shows besides the counts. */
export interface LateAnswersInput {
  readonly locale: Locale;
  readonly t: Translate;
  readonly formatTime: (moment: Date) => string;
  readonly dateOf: (moment: Date) => string;
  readonly departments: readonly { readonly code: string; readonly name: LocalizedText }[];
  readonly findForm: (formId: string, formVersion: number) => Pick<SurveyForm, 'title'> | undefined;
  /** What was typed, when it comes back. */
  readonly reason: string;
  readonly mayRevise: boolean;
  /** The revision the request before has made, or null. */
  readonly revised: number | null;
}

function rowView(
  row: LateAnswerRow,
  input: LateAnswersInput,
  context: ViewContext,
): LateAnswersView['rows'][0] {
  const department = input.departments.find(({ code }) => code === row.departmentCode);
  const form = input.findForm(row.formId, row.formVersion);
  const [first, last] = [row.firstReceivedAt, row.lastReceivedAt].map((moment) =>
    moment === null ? say(context, 'figure.withheld') : input.dateOf(moment),
  );
  return {
    department: department ? textIn(department.name, input.locale) : row.departmentCode,
    form: form ? textIn(form.title, input.locale) : row.formId,
    mode: say(context, `mode.${row.mode}`),
    n: row.n === null ? say(context, 'figure.withheld') : String(row.n),
    received:
      first === last ? (first ?? '') : say(context, 'late.between', { first: first ?? '', last: last ?? '' }),
  };
}

function summaryText({ total, rows }: LateAnswersOfPeriod, context: ViewContext): string {
  if (rows.length === 0) return say(context, 'late.none');
  return total === null ? say(context, 'late.few') : say(context, 'late.total', { n: total });
}

/** The page in words. */
export function lateAnswersView(known: LateAnswersOfPeriod, input: LateAnswersInput): LateAnswersView {
  const context: ViewContext = { locale: input.locale, t: input.t, digits: 1 };
  const { period } = known;
  const standing = known.revisions.at(-1);
  const { revised } = input;
  return {
    period: periodText(period, context),
    earlier: addMonths(period, -1),
    later: addMonths(period, 1),
    notice: revised === null ? '' : say(context, 'late.revised', { revision: revised }),
    closed: standing !== undefined,
    status: standing
      ? say(context, 'late.status', {
          cutoff: input.formatTime(standing.cutoffAt),
          revision: standing.revision,
        })
      : say(context, 'late.open'),
    summary: summaryText(known, context),
    rows: known.rows.map((row) => rowView(row, input, context)),
    revisions: known.revisions.toReversed().map((record) => ({
      label: say(context, 'late.revision', { revision: record.revision }),
      href: `/scorecards/${period}/hospital?revision=${record.revision}`,
      closedAt: input.formatTime(record.closedAt),
      cutoffAt: input.formatTime(record.cutoffAt),
      reason: record.reason ?? say(context, 'late.firstClosing'),
    })),
    form:
      standing && input.mayRevise
        ? {
            action: `/office/late-answers/${period}/revisions`,
            base: standing.revision,
            reason: input.reason,
          }
        : null,
  };
}
