import { openToAll, route } from '../http/route.ts';
import type { Route } from '../http/route.ts';
import type { SessionControl } from '../http/session-control.ts';
import type { Translate } from '../shared/i18n.ts';
import { ownerOf } from './account.ts';
import { csrfAnswer, logInBody, passwordBody, pendingLoginAnswer, sessionAnswer } from './account.schema.ts';
import type { LogInBody, PasswordBody } from './account.schema.ts';
import type { ChangePassword } from './change-password.ts';
import type { RecordLogOut } from './record-log-out.ts';
import type { FindPrincipal } from './find-principal.ts';
import { inLanguage } from './error-texts.ts';
import { guardFor } from './guard.ts';
import type { LogIn } from './log-in.ts';

/** What the routes and pages of sessions need. */
export interface SessionRouteDeps {
  readonly logIn: LogIn;
  readonly changePassword: ChangePassword;
  readonly recordLogOut: RecordLogOut;
  readonly sessions: SessionControl;
  readonly findPrincipal: FindPrincipal;
  readonly t: Translate;
}

function createLogInRoute(deps: SessionRouteDeps): Route {
  return route<LogInBody>({
    method: 'post',
    path: '/api/v1/sessions',
    guard: openToAll,
    side: 'staff',
    summary:
      'Logs in: begins a session and gives its CSRF token; 202 with what the second step needs where two-factor login is on.',
    body: logInBody,
    responses: { 201: sessionAnswer, 202: pendingLoginAnswer },
    handle: async ({ body, requestId, locale }, response, request) => {
      const address = request.ip ?? null;
      const result = await inLanguage(deps.t, locale, () => deps.logIn({ ...body, address, requestId }));
      response.set('Cache-Control', 'no-store');
      if ('pendingLogin' in result) {
        response.status(202).json(result);
        return;
      }
      const { account } = result;
      const csrfToken = await deps.sessions.begin(request, response, ownerOf(account));
      const principal = await deps.findPrincipal(ownerOf(account));
      response.status(201).json({ principal, csrfToken });
    },
  });
}

/** Sessions and the own password, as JSON. */
export function createSessionRoutes(deps: SessionRouteDeps): readonly Route[] {
  const own = guardFor('session.own');
  return [
    createLogInRoute(deps),
    route({
      method: 'get',
      path: '/api/v1/sessions/current',
      guard: own,
      summary: 'Who is logged in, with roles and the CSRF token.',
      responses: { 200: sessionAnswer },
      handle: ({ principal, csrfToken }, response) => {
        response.set('Cache-Control', 'no-store').json({ principal, csrfToken });
      },
    }),
    route({
      method: 'delete',
      path: '/api/v1/sessions/current',
      guard: own,
      summary: 'Logs out.',
      responses: { 204: null },
      handle: async ({ principal, requestId }, response, request) => {
        await deps.sessions.end(request, response);
        await deps.recordLogOut({ principal, requestId });
        response.status(204).end();
      },
    }),
    route<PasswordBody>({
      method: 'post',
      path: '/api/v1/accounts/current/password',
      guard: own,
      summary: 'Changes the own password; every session of the account ends and a new one begins.',
      body: passwordBody,
      responses: { 200: csrfAnswer },
      handle: async ({ principal, body, requestId, locale }, response, request) => {
        const accountId = principal?.accountId ?? '';
        const account = await inLanguage(deps.t, locale, () =>
          deps.changePassword({ ...body, accountId, requestId }),
        );
        const csrfToken = await deps.sessions.begin(request, response, ownerOf(account));
        response.set('Cache-Control', 'no-store').json({ csrfToken });
      },
    }),
  ];
}
