import express from 'express';
import type { Express, Request, RequestHandler, Response } from 'express';
import { DomainError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Principal } from '../shared/principal.ts';
import { requestContext } from './request-context.ts';
import { openToAll } from './route.ts';
import type { Route } from './route.ts';
import type { SessionGate } from './session-gate.ts';
import { validate } from './validate.ts';

const defaultMaxBodyBytes = 64 * 1024;
const unsafeMethods = new Set(['post', 'put', 'delete']);

/** What mounting needs from outside. */
export interface MountDeps {
  readonly gate: SessionGate;
  readonly translate: Translate;
  /** Limits unsafe requests of people without an account, before their body is read. */
  readonly limitPublic: RequestHandler;
}

const isApi = (route: Route): boolean => route.path.startsWith('/api/');

function bodyReader(route: Route): RequestHandler[] {
  if (!route.body && !unsafeMethods.has(route.method)) return [];
  const limit = route.maxBodyBytes ?? defaultMaxBodyBytes;
  // A page's form always brings a body (its CSRF token); an API call without a schema brings none.
  if (isApi(route)) return route.body ? [express.json({ limit, strict: true })] : [];
  return [express.urlencoded({ extended: false, limit, parameterLimit: 1000 })];
}

function checkGuard(
  route: Route,
  principal: Principal | null,
  params: Readonly<Record<string, string>>,
): void {
  const decision = route.guard.decide(principal, params);
  if (decision === 'unauthenticated') {
    throw new DomainError('unauthenticated', 'login_required', 'Please log in.');
  }
  if (decision === 'forbidden') {
    throw new DomainError('forbidden', 'not_allowed', 'Your roles do not allow this.');
  }
}

function checkCsrf(route: Route, gate: SessionGate, request: Request): void {
  const needed = unsafeMethods.has(route.method) && (route.csrf ?? route.guard !== openToAll);
  if (needed && !gate.csrfValid(request)) {
    throw new DomainError(
      'forbidden',
      'csrf_token_invalid',
      'The page is too old. Please reload it and try again.',
    );
  }
}

function paramsOf(request: Request): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(request.params).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join('/') : value,
    ]),
  );
}

function bodyOf(route: Route, request: Request): unknown {
  const body: unknown = request.body;
  if (body !== undefined && body !== null) return body;
  throw new DomainError(
    'malformed',
    isApi(route) ? 'json_expected' : 'form_expected',
    'Send the content type this address expects.',
  );
}

async function answer(route: Route, deps: MountDeps, request: Request, response: Response): Promise<void> {
  const { locale, requestId } = requestContext(response);
  const params = paramsOf(request);
  const principal =
    route.guard === openToAll && !request.headers.cookie ? null : await deps.gate.principalOf(request);
  checkGuard(route, principal, params);
  checkCsrf(route, deps.gate, request);
  const check = (schema: Route['body'], value: unknown): unknown =>
    schema ? validate(schema, value, { locale, translate: deps.translate }) : undefined;
  if (route.params) check(route.params, params);
  await route.handle(
    {
      params,
      query: check(route.query, { ...request.query }),
      body: route.body ? check(route.body, bodyOf(route, request)) : undefined,
      principal,
      csrfToken: principal ? deps.gate.csrfTokenOf(request) : null,
      locale,
      requestId,
    },
    response,
    request,
  );
}

/** Mounts a route table: guard, CSRF, validation, handler, in this order for every line. */
export function mountRoutes(app: Express, routes: readonly Route[], deps: MountDeps): void {
  for (const route of routes) {
    const limited = route.guard === openToAll && unsafeMethods.has(route.method) ? [deps.limitPublic] : [];
    app[route.method](route.path, ...limited, ...bodyReader(route), (request, response) =>
      answer(route, deps, request, response),
    );
  }
}
