import type { Request, RequestHandler, Response } from 'express';
import type { Locale } from '../shared/localized-text.ts';
import { localeOfTag, negotiateLocale } from './locale.ts';

/** What every later step knows of a request. */
export interface RequestContext {
  readonly requestId: string;
  readonly locale: Locale;
}

const languageCookie = 'lang';
const sessionCookies = ['session', '__Host-session'];
const yearMs = 365 * 24 * 60 * 60 * 1000;
const contexts = new WeakMap<Response, RequestContext>();

/** A cookie of the request as it was sent, still encoded. */
export function cookieValue(request: Request, name: string): string | undefined {
  return request.headers.cookie
    ?.split(';')
    .map((part) => part.trim().split('='))
    .find(([key]) => key === name)?.[1];
}

/** Keeps the language a member of staff chose by `?lang=`. A patient, who has no session, never gets a cookie. */
function rememberChoice(
  [request, response]: readonly [Request, Response],
  wanted: unknown,
  locale: Locale,
  secure: boolean,
): void {
  if (typeof wanted !== 'string' || localeOfTag(wanted) !== locale) return;
  if (sessionCookies.every((name) => cookieValue(request, name) === undefined)) return;
  response.cookie(languageCookie, locale, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    maxAge: yearMs,
    secure,
  });
}

/**
 * Gives each request an id (answered as `X-Request-Id`) and a language. The id is ours: a client's header would let it
 * write into our logs.
 */
export function createRequestContext(deps: {
  readonly newId: () => string;
  readonly languages: readonly Locale[];
  /** Whether cookies are only for https. */
  readonly https: boolean;
}): RequestHandler {
  return (request, response, next) => {
    const requestId = deps.newId();
    // An address without a query is not parsed: hardly any patient's answer has one.
    const wanted = request.url.includes('?') ? request.query['lang'] : undefined;
    const locale = negotiateLocale(
      {
        query: wanted,
        cookie: cookieValue(request, languageCookie),
        acceptLanguage: request.headers['accept-language'],
      },
      deps.languages,
    );
    contexts.set(response, { requestId, locale });
    response.setHeader('X-Request-Id', requestId);
    response.setHeader('Content-Language', locale);
    response.setHeader('Vary', 'Accept-Language'); // the first step: nothing has set it before
    rememberChoice([request, response], wanted, locale, deps.https);
    next();
  };
}

/** The context of the request being answered. */
export function requestContext(response: Response): RequestContext {
  const context = contexts.get(response);
  if (!context) throw new Error('The request context is made by the first middleware.');
  return context;
}
