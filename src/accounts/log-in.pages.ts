import type { Request, Response } from 'express';
import { openToAll, route } from '../http/route.ts';
import type { Route, RouteInput } from '../http/route.ts';
import { loginModel } from './account-pages.view-model.ts';
import type { LoginState } from './account-pages.view-model.ts';
import { emptyForm, logInForm, logInQuery } from './account.schema.ts';
import type { LogInForm, LogInQuery } from './account.schema.ts';
import { enter } from './enter.express.ts';
import type { EnterDeps } from './enter.express.ts';
import { errorTextsOf, inLanguage } from './error-texts.ts';
import { guardFor } from './guard.ts';
import type { LogInSecondStep } from './log-in-second-step.ts';
import { createSecondStepPage, createShowSecondStep } from './log-in-second-step.pages.ts';
import { forgetOnDevice, namesOfDevice } from './remembered-names.express.ts';
import { safeNext } from './safe-next.ts';
import type { SessionRouteDeps } from './session.routes.ts';
import { createSendStaffPage, formErrorStatus } from './staff-page.express.ts';
import type { StaffPageDeps } from './staff-page.express.ts';

/** What logging in and out by pages needs. */
export interface LogInPageDeps extends Omit<SessionRouteDeps, keyof EnterDeps>, StaffPageDeps, EnterDeps {
  readonly sessions: SessionRouteDeps['sessions'];
  readonly logInSecondStep: LogInSecondStep;
}

type Show = (
  input: Omit<RouteInput, 'body' | 'query'>,
  exchange: readonly [Request, Response],
  state: Omit<LoginState, 'names'> & { readonly status?: number },
) => void;

const own = guardFor('session.own');

function createShow(deps: LogInPageDeps): Show {
  const send = createSendStaffPage(deps);
  return (input, [request, response], { status, ...state }) => {
    const path = `/login?next=${encodeURIComponent(state.next)}`;
    const model = loginModel({ ...state, names: namesOfDevice(request) });
    send(input, response, {
      name: 'accounts/login',
      path,
      model,
      ...(status === undefined ? {} : { status }),
    });
  };
}

function createLeavingPages(deps: LogInPageDeps): readonly Route[] {
  const leave = (path: string, summary: string, to: string): Route =>
    route({
      method: 'post',
      path,
      guard: own,
      summary,
      body: emptyForm,
      handle: async ({ principal, requestId }, response, request) => {
        await deps.sessions.end(request, response);
        await deps.recordLogOut({ principal, requestId });
        response.redirect(303, to);
      },
    });
  return [
    route({
      method: 'post',
      path: '/login/forget-names',
      guard: openToAll,
      side: 'staff',
      summary: 'Takes the user names this device shows off it.',
      body: emptyForm,
      handle: (_input, response) => {
        forgetOnDevice(response);
        response.redirect(303, '/login');
      },
    }),
    leave('/logout', 'Logs out and shows the login page.', '/login'),
    leave(
      '/switch-person',
      'Logs out for the next person, who goes on at the worklist.',
      '/login?next=%2Fworklist',
    ),
  ];
}

/** Logging in, with a `next` that stays on this service; logging out, and for the next person at the same computer. */
export function createLogInPages(deps: LogInPageDeps): readonly Route[] {
  const show = createShow(deps);
  const showSecondStep = createShowSecondStep(deps);
  return [
    route<unknown, LogInQuery>({
      method: 'get',
      path: '/login',
      guard: openToAll,
      side: 'staff',
      knowsPerson: true,
      summary: 'The login page; who is logged in goes on at once.',
      query: logInQuery,
      handle: (input, response, request) => {
        const next = safeNext(input.query.next);
        if (input.principal) response.redirect(303, next);
        else show(input, [request, response], { username: '', next, errors: [] });
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
        const username = body.remembered === '' ? body.username : body.remembered;
        const address = request.ip ?? null;
        try {
          const result = await inLanguage(deps.t, locale, () =>
            deps.logIn({ username, password: body.password, address, requestId }),
          );
          const wishes = { next, remember: body.remember };
          if ('account' in result) await enter(deps, result.account, wishes, [request, response]);
          else showSecondStep(input, response, { ...wishes, pendingLogin: result.pendingLogin, errors: [] });
        } catch (cause) {
          const { error, status } = formErrorStatus(cause);
          if (error.retryAfterSeconds !== undefined)
            response.set('Retry-After', String(error.retryAfterSeconds));
          show(input, [request, response], { username, next, errors: errorTextsOf(error), status });
        }
      },
    }),
    createSecondStepPage(deps),
    ...createLeavingPages(deps),
  ];
}
