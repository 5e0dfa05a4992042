import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { DomainError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { toProblem } from './problem.ts';
import type { Problem } from './problem.ts';
import { requestContext } from './request-context.ts';

/** What the error handler needs from outside. */
export interface ErrorHandlerDeps {
  readonly translate: Translate;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly isUnavailable: (error: unknown) => boolean;
  /** Called once for each error that nobody expected, with the request id; never with the request's body. */
  readonly logUnexpected: (error: unknown, requestId: string) => void;
}

/** Answers 404 for an address nobody mounted. */
export const notFound: RequestHandler = () => {
  throw new DomainError('not-found', 'address_not_found', 'There is nothing at this address.');
};

function sendProblem(response: Response, problem: Problem): void {
  const { retryAfterSeconds: _retryAfter, ...body } = problem;
  response.type('application/problem+json').send(JSON.stringify(body));
}

function sendPage(response: Response, problem: Problem, deps: ErrorHandlerDeps, locale: Locale): void {
  const { title, detail: message, errors, requestId } = problem;
  response
    .type('html')
    .send(deps.renderPage('error', locale, { title, message, errors, requestId, homeHref: '/' }));
}

/** The last handler: one problem, as JSON under `/api/` and as a readable page elsewhere. */
export function createErrorHandler(deps: ErrorHandlerDeps): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { requestId, locale } = requestContext(response);
    const { translate, isUnavailable } = deps;
    const problem = toProblem(error, { instance: request.path, requestId, locale, translate, isUnavailable });
    if (problem.status === 500) deps.logUnexpected(error, requestId);
    const wantsPage = !request.path.startsWith('/api/');
    if (wantsPage && problem.status === 401) {
      response.redirect(
        303,
        `/login?next=${encodeURIComponent(request.method === 'GET' ? request.originalUrl : '/home')}`,
      );
      return;
    }
    response.status(problem.status).setHeader('Cache-Control', 'no-store');
    if (problem.retryAfterSeconds !== null)
      response.setHeader('Retry-After', String(problem.retryAfterSeconds));
    if (wantsPage) sendPage(response, problem, deps, locale);
    else sendProblem(response, problem);
  };
}
