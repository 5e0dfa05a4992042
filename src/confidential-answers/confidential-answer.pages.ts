import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { CalendarDate, ReportingPeriod } from '../shared/reporting-period.ts';
import { addMonths, periodOf } from '../shared/reporting-period.ts';
import { choiceOf, confidentialPageQuery } from './confidential-answer.schema.ts';
import type { ConfidentialQuery } from './confidential-answer.schema.ts';
import { choiceWords, confidentialRow, confidentialTables } from './confidential-answer.view-model.ts';
import type { ConfidentialViewInput } from './confidential-answer.view-model.ts';
import type { ReadConfidentialAnswers } from './read-confidential-answers.ts';

/** What the page needs. */
export interface ConfidentialPageDeps extends Pick<ConfidentialViewInput, 'catalogue'> {
  readonly guard: (action: string) => Guard;
  readonly readConfidentialAnswers: ReadConfidentialAnswers;
  readonly departmentNames: (locale: Locale) => Promise<ReadonlyMap<string, string>>;
  readonly today: () => CalendarDate;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
}

const path = '/confidential-answers';
const monthsOffered = 24;

function monthsUntil(current: ReportingPeriod, chosen: string): readonly object[] {
  return Array.from({ length: monthsOffered }, (_, back) => {
    const value = addMonths(current, -back);
    return { value, selected: value === chosen };
  });
}

/** The ethics inspection's page: a month's confidential answers by department, and the days of those of one choice. */
export function createConfidentialPage(deps: ConfidentialPageDeps): Route {
  return route<unknown, ConfidentialQuery>({
    method: 'get',
    path,
    guard: deps.guard('confidential-answer.read'),
    summary: 'Confidential answers of a month by department; each reading is recorded.',
    query: confidentialPageQuery,
    handle: async (input, response) => {
      const { query, locale, principal, requestId } = input;
      const current = periodOf(deps.today());
      const choice = choiceOf(query);
      const actor = principal?.accountId ?? 'anonymous';
      const period = query.period ?? current;
      const month = await deps.readConfidentialAnswers({ period, choice, actor, requestId });
      const departments = await deps.departmentNames(locale);
      const view = { catalogue: deps.catalogue, departments, locale };
      const model = {
        months: monthsUntil(current, month.period),
        tables: confidentialTables(month, view),
        chosen: choice && {
          words: choiceWords(month, choice, view) ?? `${choice.item} ${choice.option}`,
          answers: month.answers.map((one) => confidentialRow(one, departments)),
        },
        shell: deps.shell(input, path),
      };
      response
        .set('Cache-Control', 'no-store')
        .type('html')
        .send(deps.renderPage('confidential-answers/confidential-answers', locale, model));
    },
  });
}
