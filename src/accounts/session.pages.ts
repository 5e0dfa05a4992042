import { openToAll, route } from '../http/route.ts';
import type { Route } from '../http/route.ts';
import { ownerOf } from './account.ts';
import { homeModel, loginModel, passwordModel } from './account-pages.view-model.ts';
import { emptyForm, logInForm, logInQuery, passwordForm } from './account.schema.ts';
import type { LogInForm, LogInQuery, PasswordForm } from './account.schema.ts';
import { errorTextsOf, inLanguage } from './error-texts.ts';
import { guardFor } from './guard.ts';
import { checkRepeatedPassword } from './password-rule.ts';
import { safeNext } from './safe-next.ts';
import type { SessionRouteDeps } from './session.routes.ts';
import { createSendStaffPage, formErrorStatus } from './staff-page.express.ts';
import type { StaffPageDeps } from './staff-page.express.ts';

/** What the pages around a session need. */
export type SessionPageDeps = SessionRouteDeps & StaffPageDeps;

const own = guardFor('session.own');
const loginPath = (next: string): string => `/login?next=${encodeURIComponent(next)}`;

/** Logging in, with a `next` that stays on this service, and logging out. */
function createLogInPages(deps: SessionPageDeps): readonly Route[] {
  const send = createSendStaffPage(deps);
  return [
    route<unknown, LogInQuery>({
      method: 'get',
      path: '/login',
      guard: openToAll,
      side: 'staff',
      summary: 'The login page; who is logged in goes on at once.',
      query: logInQuery,
      handle: (input, response) => {
        const next = safeNext(input.query.next);
        if (input.principal) {
          response.redirect(303, next);
          return;
        }
        const model = loginModel({ username: '', next, errors: [] });
        send(input, response, { name: 'accounts/login', path: loginPath(next), model });
      },
    }),
    route<LogInForm>({
      method: 'post',
      path: '/login',
      guard: openToAll,
      side: 'staff',
      summary: 'Logs in and goes to `next`, a path of this service.',
      body: logInForm,
      handle: async (input, response, request) => {
        const { body, requestId, locale } = input;
        const next = safeNext(body.next);
        try {
          const account = await inLanguage(deps.t, locale, () => deps.logIn({ ...body, requestId }));
          await deps.sessions.begin(request, response, ownerOf(account));
          response.redirect(303, next);
        } catch (cause) {
          const { error, status } = formErrorStatus(cause);
          const model = loginModel({ username: body.username, next, errors: errorTextsOf(error) });
          send(input, response, { name: 'accounts/login', path: loginPath(next), model, status });
        }
      },
    }),
    route({
      method: 'post',
      path: '/logout',
      guard: own,
      summary: 'Logs out and shows the login page.',
      body: emptyForm,
      handle: async ({ principal, requestId }, response, request) => {
        await deps.sessions.end(request, response);
        await deps.recordLogOut({ principal, requestId });
        response.redirect(303, '/login');
      },
    }),
  ];
}

/** The own password. */
function createPasswordPages(deps: SessionPageDeps): readonly Route[] {
  const send = createSendStaffPage(deps);
  const page = { name: 'accounts/password', path: '/account/password' };
  return [
    route({
      method: 'get',
      path: '/account/password',
      guard: own,
      summary: 'The form that changes the own password.',
      handle: (input, response) => {
        const required = input.principal?.mustChangePassword ?? false;
        send(input, response, { ...page, model: passwordModel({ required, done: false, errors: [] }) });
      },
    }),
    route<PasswordForm>({
      method: 'post',
      path: '/account/password',
      guard: own,
      summary: 'Changes the own password; all other sessions of the account end.',
      body: passwordForm,
      handle: async (input, response, request) => {
        const { body, principal, requestId, locale } = input;
        const accountId = principal?.accountId ?? '';
        try {
          const account = await inLanguage(deps.t, locale, () => {
            checkRepeatedPassword(body.newPassword, body.repeatedPassword);
            const { currentPassword, newPassword } = body;
            return deps.changePassword({ accountId, currentPassword, newPassword, requestId });
          });
          const csrfToken = await deps.sessions.begin(request, response, ownerOf(account));
          const changed = principal && { ...principal, mustChangePassword: false };
          const model = passwordModel({ required: false, done: true, errors: [] });
          send({ principal: changed, locale, csrfToken }, response, { ...page, model });
        } catch (cause) {
          const { error, status } = formErrorStatus(cause);
          const required = principal?.mustChangePassword ?? false;
          const model = passwordModel({ required, done: false, errors: errorTextsOf(error) });
          send(input, response, { ...page, model, status });
        }
      },
    }),
  ];
}

/** Login, logout, password and landing pages of staff. */
export function createSessionPages(deps: SessionPageDeps): readonly Route[] {
  const send = createSendStaffPage(deps);
  return [
    ...createLogInPages(deps),
    ...createPasswordPages(deps),
    route({
      method: 'get',
      path: '/home',
      guard: own,
      summary: 'The landing page of staff: links to what the person may do.',
      handle: (input, response) => {
        if (!input.principal || input.principal.mustChangePassword) {
          response.redirect(303, '/account/password');
          return;
        }
        const model = homeModel(input.principal, deps.showMailbox, { t: deps.t, locale: input.locale });
        send(input, response, { name: 'accounts/home', path: '/home', model });
      },
    }),
  ];
}
