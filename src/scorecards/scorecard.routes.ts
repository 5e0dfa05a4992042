import type { Response } from 'express';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import { route } from '../http/route.ts';
import { isLongPeriod } from '../shared/long-period.ts';
import type { ReadReleasedComments } from '../comments/released-comments.ts';
import type { FindPeriodScorecard } from './find-period-scorecard.ts';
import { scorecardNotFound } from './find-scorecard.ts';
import type { FindScorecard, FoundScorecard } from './find-scorecard.ts';
import type { ListPeriodScorecards } from './list-period-scorecards.ts';
import type { ListScorecards } from './list-scorecards.ts';
import type { RequestClosing } from './request-closing.ts';
import { heardByGroup } from './released-words.view-model.ts';
import {
  periodRecordAnswer,
  releasedCommentsAnswer,
  scorecardAnswer,
  scorecardListAnswer,
} from './scorecard-answer.schema.ts';
import { scorecardQuery } from './scorecard.schema.ts';

/** The use cases behind routes and pages. */
export interface ScorecardUseCases {
  readonly listScorecards: ListScorecards;
  readonly listPeriodScorecards: ListPeriodScorecards;
  readonly findScorecard: FindScorecard;
  readonly findPeriodScorecard: FindPeriodScorecard;
  readonly requestClosing: RequestClosing;
}

/** What the scorecard routes need. */
export interface ScorecardRoutesDeps extends ScorecardUseCases {
  readonly readReleasedComments: ReadReleasedComments;
  readonly guard: (action: string, departmentParam?: string) => Guard;
}

/** What `?revision=` gives. */
export interface ScorecardQuery {
  readonly revision?: number;
}

/** Which scorecards of a list somebody may read: those that the guard of a single one would give. */
export function mayReadOf(
  { guard }: Pick<ScorecardRoutesDeps, 'guard'>,
  { principal }: Pick<RouteInput, 'principal'>,
): (departmentCode: string) => boolean {
  const ofOne = guard('scorecard.read', 'departmentCode');
  return (departmentCode) => ofOne.decide(principal, { departmentCode }) === 'allowed';
}

/** One scorecard of a month, or of a quarter, half-year or year, which has no revisions. Throws what the use cases throw. */
export async function findAnyScorecard(
  deps: Pick<ScorecardUseCases, 'findScorecard' | 'findPeriodScorecard'>,
  period: string,
  departmentCode: string,
  revision: number | undefined,
): Promise<FoundScorecard> {
  if (!isLongPeriod(period)) return deps.findScorecard(period, departmentCode, revision);
  if (revision !== undefined) throw scorecardNotFound();
  return deps.findPeriodScorecard(period, departmentCode);
}

// A shared cache must not keep it, and the person's own asks again each time: a frozen scorecard's answer may be 304.
function sendPrivately(response: Response, body: object, status: number = 200): void {
  if ('contentHash' in body && typeof body.contentHash === 'string')
    response.set('ETag', `"${body.contentHash}"`);
  response.status(status).set('Cache-Control', 'private, no-cache').json(body);
}

/** The scorecards as JSON: already fit to be shown, never raw counts. */
export function createScorecardRoutes(deps: ScorecardRoutesDeps): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/scorecards/:period',
      guard: deps.guard('scorecard.read'),
      summary:
        "A month's scorecards of the departments the caller may see, provisional while it is open; of `2026-Q4`, `2026-H2` or `2026` the departments that have one, with the months that are closed and missing.",
      responses: { 200: scorecardListAnswer },
      handle: async (input, response) => {
        const { period = '' } = input.params;
        const list = isLongPeriod(period) ? deps.listPeriodScorecards : deps.listScorecards;
        sendPrivately(response, await list(period, mayReadOf(deps, input)));
      },
    }),
    route<unknown, ScorecardQuery>({
      method: 'get',
      path: '/api/v1/scorecards/:period/:departmentCode',
      guard: deps.guard('scorecard.read', 'departmentCode'),
      summary:
        'One scorecard (department code, or `hospital`) of a month, or over the closed months of `2026-Q4`, `2026-H2` or `2026`; small numbers withheld; rates are ratios 0–1.',
      query: scorecardQuery,
      responses: { 200: scorecardAnswer },
      handle: async (input, response) => {
        const { period = '', departmentCode = '' } = input.params;
        const found = await findAnyScorecard(deps, period, departmentCode, input.query.revision);
        const { card, ...record } = found;
        sendPrivately(response, { ...card, ...record });
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/scorecards/:period/:departmentCode/comments',
      guard: deps.guard('scorecard.read', 'departmentCode'),
      summary:
        'Words of a month’s patients that the office has released to the department, of patient groups with enough answers; read live, part of no frozen scorecard.',
      responses: { 200: releasedCommentsAnswer },
      handle: async (input, response) => {
        const { period = '', departmentCode = '' } = input.params;
        const { card } = await deps.findScorecard(period, departmentCode);
        sendPrivately(
          response,
          await deps.readReleasedComments(card.period, departmentCode, heardByGroup(card)),
        );
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/scorecards/:period/close',
      guard: deps.guard('scorecard.close'),
      summary: 'Closes a month: 201 with its record, 200 when it was closed already.',
      responses: { 200: periodRecordAnswer, 201: periodRecordAnswer },
      handle: async (input, response) => {
        const by = { accountId: input.principal?.accountId ?? 'anonymous', requestId: input.requestId };
        const { record, created } = await deps.requestClosing(input.params['period'] ?? '', by);
        sendPrivately(response, record, created ? 201 : 200);
      },
    }),
  ];
}
