import type { Route } from '../http/route.ts';
import { createConfidentialPage } from './confidential-answer.pages.ts';
import type { ConfidentialPageDeps } from './confidential-answer.pages.ts';
import { createConfidentialRoutes } from './confidential-answer.routes.ts';
import { createReadConfidentialAnswers } from './read-confidential-answers.ts';
import type { ReadConfidentialAnswersDeps } from './read-confidential-answers.ts';

/** What the slice is handed. */
export type ConfidentialAnswersDeps = Omit<ConfidentialPageDeps, 'readConfidentialAnswers'> &
  ReadConfidentialAnswersDeps;

/** Confidential answers (红包): for the ethics inspection alone. */
export function wireConfidentialAnswers(deps: ConfidentialAnswersDeps): {
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
} {
  const served = { ...deps, readConfidentialAnswers: createReadConfidentialAnswers(deps) };
  return { routes: createConfidentialRoutes(served), pages: [createConfidentialPage(served)] };
}
