import type { Request } from 'express';
import type { RunAnnounced } from '../audit/audited.ts';
import { openToAll, route } from '../http/route.ts';
import type { Route } from '../http/route.ts';
import type { Principal } from '../shared/principal.ts';
import { checkMode } from './check-mode.ts';
import { receiptAnswer, surveyResponseBody } from './survey-response.schema.ts';
import { openSource } from './survey-response.ts';
import type { Submission, SubmitSurveyResponse } from './survey-response.ts';

/** What the API needs. */
export interface SurveyResponseRoutesDeps {
  readonly submitSurveyResponse: SubmitSurveyResponse;
  /**
   * Whether somebody may enter answers given on paper, at a kiosk, on the ward or in a symposium for a department. Throws (forbidden)
   * for whoever must first change a password or set up two-factor login.
   */
  readonly mayEnter: (principal: Principal, departmentCode: string) => boolean;
  /** Whether the request carries its session's CSRF token. */
  readonly csrfValid: (request: Request) => boolean;
  readonly announced: RunAnnounced;
}

/** `POST /api/v1/survey-responses`: 201 with the receipt, a replay 200 with the same. */
export function createSurveyResponseRoutes(deps: SurveyResponseRoutesDeps): readonly Route[] {
  return [
    route<Submission>({
      method: 'post',
      path: '/api/v1/survey-responses',
      guard: openToAll,
      side: 'both',
      // Staff enter what was said on paper or on the ward by the same line.
      knowsPerson: true,
      furtherAction: 'survey-response.enter',
      summary: 'Submits an answered form once; the same submissionId again gives the same receipt.',
      body: surveyResponseBody,
      responses: { 200: receiptAnswer, 201: receiptAnswer },
      handle: async ({ body, principal, locale, requestId }, response, request) => {
        checkMode(body.mode, {
          mayEnter: () => principal !== null && deps.mayEnter(principal, body.departmentCode),
          csrfValid: () => principal?.machine !== undefined || deps.csrfValid(request),
        });
        const submit = (): ReturnType<SubmitSurveyResponse> =>
          deps.submitSurveyResponse(body, openSource, locale);
        const event = {
          actor: principal?.accountId ?? 'anonymous',
          action: 'survey-response.enter',
          subject: `survey-response/${body.submissionId}`,
          requestId,
        };
        // Not for a patient, whose answer costs one database operation: `web` is nobody's doing of the staff.
        const entered = body.mode === 'web' ? submit() : deps.announced(event, submit);
        const { receipt, replayed } = await entered;
        response.status(replayed ? 200 : 201).json(receipt);
      },
    }),
  ];
}
