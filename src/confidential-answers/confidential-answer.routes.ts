import { route } from '../http/route.ts';
import type { Guard, Route } from '../http/route.ts';
import { choiceOf, confidentialAnswer, confidentialQuery } from './confidential-answer.schema.ts';
import type { ConfidentialQuery } from './confidential-answer.schema.ts';
import type { ReadConfidentialAnswers } from './read-confidential-answers.ts';

/** What the routes need. */
export interface ConfidentialRoutesDeps {
  readonly guard: (action: string) => Guard;
  readonly readConfidentialAnswers: ReadConfidentialAnswers;
}

/** Confidential answers for the ethics inspection, and for nobody else. */
export function createConfidentialRoutes(deps: ConfidentialRoutesDeps): readonly Route[] {
  return [
    route<unknown, ConfidentialQuery>({
      method: 'get',
      path: '/api/v1/confidential-answers',
      guard: deps.guard('confidential-answer.read'),
      summary:
        'Confidential answers of a month: how often each option was chosen at each department, and the single answers of one choice.',
      query: confidentialQuery,
      responses: { 200: confidentialAnswer },
      handle: async ({ query, principal, requestId }, response) => {
        const month = await deps.readConfidentialAnswers({
          period: query.period ?? '',
          choice: choiceOf(query),
          actor: principal?.accountId ?? 'anonymous',
          requestId,
        });
        response.set('Cache-Control', 'no-store').json(month);
      },
    }),
  ];
}
