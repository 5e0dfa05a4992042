import type { Request, RequestHandler, Response } from 'express';
import type { Locale } from '../shared/localized-text.ts';
import { negotiateLocale } from './locale.ts';

/** What every later step knows of a request. */
export interface RequestContext {
  readonly requestId: string;
  readonly locale: Locale;
}

const languageCookie = 'lang';
const contexts = new WeakMap<Response, RequestContext>();

function cookieValue(request: Request, name: string): string | undefined {
  return request.headers.cookie
    ?.split(';')
    .map((part) => part.trim().split('='))
    .find(([key]) => key === name)?.[1];
}

/**
 * Gives each request an id (answered as `X-Request-Id`) and a language. The id is ours: a client's header would let it
 * write into our logs.
 */
export function createRequestContext(deps: {
  readonly newId: () => string;
  readonly languages: readonly Locale[];
}): RequestHandler {
  return (request, response, next) => {
    const requestId = deps.newId();
    const locale = negotiateLocale(
      {
        query: request.query['lang'],
        cookie: cookieValue(request, languageCookie),
        acceptLanguage: request.headers['accept-language'],
      },
      deps.languages,
    );
    contexts.set(response, { requestId, locale });
    response.setHeader('X-Request-Id', requestId);
    response.setHeader('Content-Language', locale);
    response.vary('Accept-Language');
    next();
  };
}

/** The context of the request being answered. */
export function requestContext(response: Response): RequestContext {
  const context = contexts.get(response);
  if (!context) throw new Error('The request context is made by the first middleware.');
  return context;
}
