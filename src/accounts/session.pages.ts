import { route } from '../http/route.ts';
import type { Route } from '../http/route.ts';
import { isHeldUp } from '../shared/principal.ts';
import type { Principal } from '../shared/principal.ts';
import { ownerOf } from './account.ts';
import { homeModel, passwordModel } from './account-pages.view-model.ts';
import type { PasswordDemand } from './account-pages.view-model.ts';
import { passwordForm } from './account.schema.ts';
import type { PasswordForm } from './account.schema.ts';
import { errorTextsOf, inLanguage } from './error-texts.ts';
import { guardFor } from './guard.ts';
import { checkRepeatedPassword } from './password-rule.ts';
import type { SessionRouteDeps } from './session.routes.ts';
import { createSendStaffPage, formErrorStatus } from './staff-page.express.ts';
import type { StaffPageDeps } from './staff-page.express.ts';

/** What the pages around a session need. */
export type SessionPageDeps = SessionRouteDeps & StaffPageDeps;

const own = guardFor('session.own');

/** Why a person must change their password; empty when they need not. */
function demandOn(principal: Principal | null): PasswordDemand {
  if (!principal?.mustChangePassword) return '';
  return principal.passwordExpired ? 'expired' : 'one-time';
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
        const required = demandOn(input.principal);
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
          const changed = await deps.findPrincipal(ownerOf(account));
          const model = passwordModel({ required: '', done: true, errors: [] });
          send({ principal: changed, locale, csrfToken }, response, { ...page, model });
        } catch (cause) {
          const { error, status } = formErrorStatus(cause);
          const required = demandOn(principal);
          const model = passwordModel({ required, done: false, errors: errorTextsOf(error) });
          send(input, response, { ...page, model, status });
        }
      },
    }),
  ];
}

/** Password and landing pages of staff. */
export function createSessionPages(deps: SessionPageDeps): readonly Route[] {
  const send = createSendStaffPage(deps);
  return [
    ...createPasswordPages(deps),
    route({
      method: 'get',
      path: '/home',
      guard: own,
      summary: 'The landing page of staff: links to what the person may do.',
      handle: (input, response) => {
        const { principal } = input;
        if (!principal || isHeldUp(principal)) {
          const first = principal?.mustSetUpTwoFactor && !principal.mustChangePassword;
          response.redirect(303, first ? '/account/two-factor' : '/account/password');
          return;
        }
        const model = homeModel(principal, deps.showMailbox, { t: deps.t, locale: input.locale });
        send(input, response, { name: 'accounts/home', path: '/home', model });
      },
    }),
  ];
}
