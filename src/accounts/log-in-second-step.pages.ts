import type { Response } from 'express';
import { openToAll, route } from '../http/route.ts';
import type { Route, RouteInput } from '../http/route.ts';
import type { Translate } from '../shared/i18n.ts';
import { enter } from './enter.express.ts';
import type { EnterDeps } from './enter.express.ts';
import { errorTextsOf, inLanguage } from './error-texts.ts';
import type { ErrorText } from './error-texts.ts';
import type { LogInSecondStep } from './log-in-second-step.ts';
import { safeNext } from './safe-next.ts';
import { createSendStaffPage, formErrorStatus } from './staff-page.express.ts';
import type { StaffPageDeps } from './staff-page.express.ts';
import { secondStepForm } from './two-factor.schema.ts';
import type { SecondStepForm } from './two-factor.schema.ts';

/** What the page of the second step needs. */
export interface SecondStepPageDeps extends StaffPageDeps, EnterDeps {
  readonly logInSecondStep: LogInSecondStep;
  readonly t: Translate;
}

/** What the page of the second step holds; a code is never sent back. */
export interface SecondStepShown {
  readonly pendingLogin: string;
  readonly next: string;
  readonly remember: boolean;
  readonly errors: readonly ErrorText[];
  readonly status?: number;
}

/** Shows the page that asks for the code. */
export type ShowSecondStep = (
  input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>,
  response: Response,
  shown: SecondStepShown,
) => void;

/** Makes the function that shows it. */
export function createShowSecondStep(deps: StaffPageDeps): ShowSecondStep {
  const send = createSendStaffPage(deps);
  return (input, response, { status = 200, ...model }) => {
    const path = `/login?next=${encodeURIComponent(model.next)}`;
    send(input, response, { name: 'accounts/login-code', path, model, status });
  };
}

/** The second step of a login by pages. A wrong code is asked for again; a step that is too old begins anew. */
export function createSecondStepPage(deps: SecondStepPageDeps): Route {
  const show = createShowSecondStep(deps);
  return route<SecondStepForm>({
    method: 'post',
    path: '/login/code',
    guard: openToAll,
    side: 'staff',
    summary: 'The second step of a two-factor login; goes to `next`, a path of this service.',
    body: secondStepForm,
    handle: async (input, response, request) => {
      const { body, requestId, locale } = input;
      const next = safeNext(body.next);
      const address = request.ip ?? null;
      try {
        const account = await inLanguage(deps.t, locale, () =>
          deps.logInSecondStep({ ...body, address, requestId }),
        );
        await enter(deps, account, { next, remember: body.remember }, [request, response]);
      } catch (cause) {
        const { error, status } = formErrorStatus(cause);
        if (error.retryAfterSeconds !== undefined)
          response.set('Retry-After', String(error.retryAfterSeconds));
        const { pendingLogin, remember } = body;
        show(input, response, { pendingLogin, remember, next, errors: errorTextsOf(error), status });
      }
    },
  });
}
