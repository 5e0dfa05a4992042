import type { Response } from 'express';
import type { Department } from '../departments/department.ts';
import { route } from '../http/route.ts';
import type { Route, RouteInput } from '../http/route.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { periodOf, previousPeriod } from '../shared/reporting-period.ts';
import type { SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import { periodParams } from './delivery.schema.ts';
import { lateAnswersView } from './late-answers.view-model.ts';
import { reasonProblem } from './revision-reason.ts';
import { lateAnswersFor, mayRevise } from './revision.routes.ts';
import type { RevisionRoutesDeps } from './revision.routes.ts';
import { lateAnswersQuery, revisionForm } from './revision.schema.ts';

/** What the page needs. */
export interface RevisionPagesDeps extends RevisionRoutesDeps {
  /** Every department that is or was. */
  readonly departments: () => Promise<readonly Department[]>;
  readonly catalogue: SurveyFormCatalogue;
  readonly hospitalTime: HospitalTime;
  readonly clock: Clock;
  readonly translate: Translate;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
}

interface Shown {
  readonly reason?: string;
  readonly revised?: number | undefined;
  readonly error?: string;
  readonly status?: number;
}

type Show = (input: RouteInput, response: Response, shown: Shown) => Promise<void>;

function createShow(deps: RevisionPagesDeps): Show {
  return async (input, response, { reason = '', revised, error, status = 200 }) => {
    const period = input.params['period'] ?? '';
    const view = lateAnswersView(await lateAnswersFor(deps, input), {
      locale: input.locale,
      t: deps.translate,
      formatTime: deps.hospitalTime.format,
      dateOf: deps.hospitalTime.dateOf,
      departments: await deps.departments(),
      findForm: deps.catalogue.find,
      reason,
      mayRevise: mayRevise(deps, input),
      revised: revised ?? null,
    });
    const errors = error === undefined ? [] : [{ text: error }];
    const shell = deps.shell(input, `/office/late-answers/${period}`);
    const html = deps.renderPage('scorecards/late-answers', input.locale, { view, errors, shell });
    response.status(status).set('Cache-Control', 'private, no-cache').type('html').send(html);
  };
}

/** The page of what came after closing; for the office with the form that makes a revision. */
export function createRevisionPages(deps: RevisionPagesDeps): readonly Route[] {
  const show = createShow(deps);
  const lastMonth = (): string => previousPeriod(periodOf(deps.hospitalTime.dateOf(deps.clock.now())));
  return [
    route({
      method: 'get',
      path: '/office/late-answers',
      guard: deps.guard('late-answer.read'),
      summary: 'Leads to the late answers of the month that ended last.',
      handle: (_input, response) => response.redirect(303, `/office/late-answers/${lastMonth()}`),
    }),
    route<unknown, { revised?: number }>({
      method: 'get',
      path: '/office/late-answers/:period',
      guard: deps.guard('late-answer.read'),
      summary:
        "A closed month's late answers as counts, its revisions, and for the office the form that makes one.",
      params: periodParams,
      query: lateAnswersQuery,
      handle: (input, response) => show(input, response, { revised: input.query.revised }),
    }),
    route<{ reason: string; base: number }>({
      method: 'post',
      path: '/office/late-answers/:period/revisions',
      guard: deps.guard('scorecard.revise'),
      summary: 'Makes a revision, then shows the page again; what was typed comes back when it cannot.',
      params: periodParams,
      body: revisionForm,
      handle: async (input, response) => {
        const { body, locale, requestId } = input;
        const period = input.params['period'] ?? '';
        const refuse = (key: string, status: number): Promise<void> =>
          show(input, response, { reason: body.reason, error: deps.translate(locale, key), status });
        const problem = reasonProblem(body.reason);
        if (problem) return refuse(`scorecards:late.reasonProblem.${problem}`, 422);
        const by = { accountId: input.principal?.accountId ?? 'anonymous', requestId };
        try {
          const { record } = await deps.requestRevision(period, body, by);
          response.redirect(303, `/office/late-answers/${period}?revised=${record.revision}`);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          return refuse(`problems:code.${error.code}`, 409);
        }
      },
    }),
  ];
}
