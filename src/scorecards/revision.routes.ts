import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import { periodParams } from './delivery.schema.ts';
import { withoutFewMoments } from './late-answers.ts';
import type { LateAnswersOfPeriod } from './late-answers.ts';
import type { ListLateAnswers } from './list-late-answers.ts';
import type { RequestRevision, RevisionForm } from './request-revision.ts';
import { lateAnswersAnswer, periodRecordAnswer } from './scorecard-answer.schema.ts';
import { revisionBody } from './revision.schema.ts';

/** What the API of late answers and revisions needs. */
export interface RevisionRoutesDeps {
  readonly guard: (action: string, departmentParam?: string) => Guard;
  readonly listLateAnswers: ListLateAnswers;
  readonly requestRevision: RequestRevision;
}

/** Whether somebody may make a revision; others read figures only. */
export function mayRevise(
  { guard }: Pick<RevisionRoutesDeps, 'guard'>,
  { principal, params }: Pick<RouteInput, 'principal' | 'params'>,
): boolean {
  return guard('scorecard.revise').decide(principal, params) === 'allowed';
}

/** A month's late answers as somebody may see them. */
export async function lateAnswersFor(
  deps: Pick<RevisionRoutesDeps, 'guard' | 'listLateAnswers'>,
  input: Pick<RouteInput, 'principal' | 'params'>,
): Promise<LateAnswersOfPeriod> {
  const known = await deps.listLateAnswers(input.params['period'] ?? '');
  return mayRevise(deps, input) ? known : withoutFewMoments(known);
}

/** The API of what comes after closing: late answers as counts, revisions with a reason. */
export function createRevisionRoutes(deps: RevisionRoutesDeps): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/scorecards/:period/late-answers',
      guard: deps.guard('late-answer.read'),
      summary:
        'Answers of a closed month received since its newest cut-off: counts by department, form and mode, small ones null, their moments too for who makes no revisions; and the revisions of the month.',
      params: periodParams,
      responses: { 200: lateAnswersAnswer },
      handle: async (input, response) => {
        response.set('Cache-Control', 'private, no-cache').json(await lateAnswersFor(deps, input));
      },
    }),
    route<RevisionForm>({
      method: 'post',
      path: '/api/v1/scorecards/:period/revisions',
      guard: deps.guard('scorecard.revise'),
      summary:
        'Counts a closed month again and freezes the next revision, with a reason of 5–500 characters: 201 with its record. ' +
        'The reason of the newest revision again, or an old `base` with it, gives that revision with 200.',
      params: periodParams,
      body: revisionBody,
      responses: { 200: periodRecordAnswer, 201: periodRecordAnswer },
      handle: async (input, response) => {
        const by = { accountId: input.principal?.accountId ?? 'anonymous', requestId: input.requestId };
        const { record, created } = await deps.requestRevision(input.params['period'] ?? '', input.body, by);
        response
          .status(created ? 201 : 200)
          .set('Cache-Control', 'private, no-cache')
          .json(record);
      },
    }),
  ];
}
