import { route } from '../http/route.ts';
import type { Guard, Route } from '../http/route.ts';
import type { Clock } from '../shared/clock.ts';
import { askingPrincipal } from './asking-principal.ts';
import type { AttemptInput } from './attempt-input.ts';
import type { ClaimCall } from './claim-call.ts';
import { attemptAnswer, followUpCallAnswer, followUpCallsAnswer } from './follow-up-call-answer.schema.ts';
import { attemptBody, callListQuery, callParams } from './follow-up-call.schema.ts';
import { followUpCallView } from './follow-up-call.view-model.ts';
import type { CallListRequest, ListDueCalls } from './list-due-calls.ts';
import type { LogAttempt } from './log-attempt.ts';
import type { ReleaseCall } from './release-call.ts';

/** What the routes need. */
export interface FollowUpCallRoutesDeps {
  readonly guard: (action: string) => Guard;
  readonly listDueCalls: ListDueCalls;
  readonly claimCall: ClaimCall;
  readonly releaseCall: ReleaseCall;
  readonly logAttempt: LogAttempt;
  readonly clock: Clock;
}

/** The routes of those who make follow-up calls. A call of another department is not there (404). */
export function createFollowUpCallRoutes(deps: FollowUpCallRoutesDeps): readonly Route[] {
  const guard = deps.guard('follow-up-call.work');
  return [
    route<unknown, CallListRequest>({
      method: 'get',
      path: '/api/v1/follow-up-calls',
      guard,
      summary: 'Follow-up calls of the departments one works for, the longest due first, page by page.',
      query: callListQuery,
      responses: { 200: followUpCallsAnswer },
      handle: async (input, response) => {
        const principal = askingPrincipal(input);
        const page = await deps.listDueCalls(input.query, principal);
        const viewer = { accountId: principal.accountId, now: deps.clock.now() };
        response.json({ ...page, calls: page.calls.map((call) => followUpCallView(call, viewer)) });
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/follow-up-calls/:id/claim',
      guard,
      summary: 'Takes a call for some minutes, so that nobody else makes it; again to keep it.',
      params: callParams,
      responses: { 200: followUpCallAnswer },
      handle: async (input, response) => {
        const principal = askingPrincipal(input);
        const call = await deps.claimCall(input.params['id'] ?? '', principal, input.requestId);
        response.json(followUpCallView(call, { accountId: principal.accountId, now: deps.clock.now() }));
      },
    }),
    route({
      method: 'delete',
      path: '/api/v1/follow-up-calls/:id/claim',
      guard,
      summary: 'Gives a call back.',
      params: callParams,
      responses: { 204: null },
      handle: async (input, response) => {
        await deps.releaseCall(input.params['id'] ?? '', askingPrincipal(input), input.requestId);
        response.status(204).end();
      },
    }),
    route<AttemptInput>({
      method: 'post',
      path: '/api/v1/follow-up-calls/:id/attempts',
      guard,
      summary: 'Logs one attempt, with its interview if any; the same attemptId again is harmless.',
      params: callParams,
      body: attemptBody,
      responses: { 200: attemptAnswer, 201: attemptAnswer },
      handle: async (input, response) => {
        const principal = askingPrincipal(input);
        const { body: attempt, locale, requestId } = input;
        const callId = input.params['id'] ?? '';
        const { result, replayed } = await deps.logAttempt({ callId, attempt, principal, locale, requestId });
        response.status(replayed ? 200 : 201).json(result);
      },
    }),
  ];
}
