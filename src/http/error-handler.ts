import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
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

function pageOf(problem: Problem, deps: ErrorHandlerDeps, locale: Locale, retryHref: string): string {
  const { title, detail: message, errors, requestId } = problem;
  try {
    return deps.renderPage('error', locale, { title, message, errors, requestId, homeHref: '/', retryHref });
  } catch (error) {
    // The page of an error must not fail: express would answer with its own, stack included.
    deps.logUnexpected(error, requestId);
    return `<!doctype html><meta charset="utf-8"><p>${problem.status} ${problem.code} ${requestId}</p>`;
  }
}

/** Where to come back to after the login: a page of our own that was asked for, else home. */
function returnAddress({ method, originalUrl }: Request): string {
  const readable = method === 'GET' || method === 'HEAD';
  return readable && originalUrl.length <= 500 && /^\/(?![/\\])/.test(originalUrl) ? originalUrl : '/home';
}

/** Where a page that cannot be shown now may be asked for again; empty for every other problem. */
function retryFrom({ status }: Problem, request: Request): string {
  return status === 503 && request.method === 'GET' ? returnAddress(request) : '';
}

/** What a person must do first, and where. */
const duties: Readonly<Record<string, string>> = {
  password_change_required: '/account/password',
  two_factor_required: '/account/two-factor',
};

/** Where a page leads to that a person may only see after doing something first; null for every other problem. */
function wayOnFrom({ status, code }: Problem, request: Request): string | null {
  if (status === 401) return `/login?next=${encodeURIComponent(returnAddress(request))}`;
  return duties[code] ?? null;
}

/** How an API asks for a key (RFC 6750); a browser shows no window for it. Null for every problem but 401 and a missing scope. */
function challengeOf({ status, code }: Problem): string | null {
  if (code === 'api_key_invalid') return 'Bearer realm="api", error="invalid_token"';
  if (code === 'scope_missing') return 'Bearer realm="api", error="insufficient_scope"';
  return status === 401 ? 'Bearer realm="api"' : null;
}

/**
 * The last handler: one problem, as JSON under `/api/` and as a readable page elsewhere. A page that needs a login, or
 * a new password, leads to it. An error after the answer has begun cuts the connection, so that the client sees that it is not whole.
 */
export function createErrorHandler(deps: ErrorHandlerDeps): ErrorRequestHandler {
  const { translate, isUnavailable } = deps;
  return (error: unknown, request, response, _next) => {
    const { requestId, locale } = requestContext(response);
    if (response.headersSent) {
      if (!response.closed) deps.logUnexpected(error, requestId);
      response.destroy();
      return;
    }
    const problem = toProblem(error, { instance: request.path, requestId, locale, translate, isUnavailable });
    if (problem.status === 500) deps.logUnexpected(error, requestId);
    const wantsPage = !/^\/api\//i.test(request.path);
    const wayOn = wantsPage ? wayOnFrom(problem, request) : null;
    if (wayOn !== null) {
      response.redirect(303, wayOn);
      return;
    }
    response.status(problem.status).setHeader('Cache-Control', 'no-store');
    if (problem.retryAfterSeconds !== null)
      response.setHeader('Retry-After', String(problem.retryAfterSeconds));
    const challenge = wantsPage ? null : challengeOf(problem);
    if (challenge !== null) response.setHeader('WWW-Authenticate', challenge);
    if (wantsPage) response.type('html').send(pageOf(problem, deps, locale, retryFrom(problem, request)));
    else sendProblem(response, problem);
  };
}
