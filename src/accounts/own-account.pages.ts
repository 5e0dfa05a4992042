import { route } from '../http/route.ts';
import type { Route } from '../http/route.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { emptyForm } from './account.schema.ts';
import { guardFor } from './guard.ts';
import { ownAccountModel } from './own-account.view-model.ts';
import type { OwnSessionDeps } from './own-session.routes.ts';
import { ownAccountQuery, sessionParams } from './own-session.schema.ts';
import type { OwnAccountQuery } from './own-session.schema.ts';
import { createSendStaffPage } from './staff-page.express.ts';
import type { StaffPageDeps } from './staff-page.express.ts';
import type { TwoFactorStore } from './two-factor.store.ts';

/** What the page of the own account needs. */
export type OwnAccountPageDeps = OwnSessionDeps &
  StaffPageDeps & { readonly hospitalTime: HospitalTime; readonly twoFactors: Pick<TwoFactorStore, 'isOn'> };

/** My account: my sessions, and the ways to password and two-factor login. */
export function createOwnAccountPages(deps: OwnAccountPageDeps): readonly Route[] {
  const guard = guardFor('session.own');
  const send = createSendStaffPage(deps);
  return [
    route<unknown, OwnAccountQuery>({
      method: 'get',
      path: '/account',
      guard,
      summary: 'The own account: its sessions on all devices, password, two-factor login.',
      query: ownAccountQuery,
      handle: async (input, response, request) => {
        const { principal, query, locale } = input;
        const accountId = principal?.accountId ?? '';
        const sessions = await deps.sessionStore.list(accountId);
        const twoFactorOn = await deps.twoFactors.isOn(accountId);
        const currentId = deps.sessions.idOf(request);
        const username = principal?.username ?? '';
        const words = { t: deps.t, locale, hospitalTime: deps.hospitalTime };
        const model = ownAccountModel(
          { sessions, currentId, username, twoFactorOn, notice: query.notice },
          words,
        );
        send(input, response, { name: 'accounts/own-account', path: '/account', model });
      },
    }),
    route({
      method: 'post',
      path: '/account/sessions/end-others',
      guard,
      summary: 'Ends all own sessions but this one.',
      body: emptyForm,
      handle: async ({ principal, requestId }, response, request) => {
        const currentId = deps.sessions.idOf(request);
        await deps.endOtherSessions({ accountId: principal?.accountId ?? '', currentId, requestId });
        response.redirect(303, '/account?notice=others-ended');
      },
    }),
    route({
      method: 'post',
      path: '/account/sessions/:sessionId/end',
      guard,
      summary: 'Ends one of the own sessions.',
      params: sessionParams,
      body: emptyForm,
      handle: async ({ principal, params, requestId }, response) => {
        const sessionId = params['sessionId'] ?? '';
        try {
          await deps.endSession({ accountId: principal?.accountId ?? '', sessionId, requestId });
        } catch (error) {
          // It has ended by itself meanwhile: the list says so.
          if (!(error instanceof DomainError) || error.code !== 'session_not_found') throw error;
          response.redirect(303, '/account?notice=not-found');
          return;
        }
        response.redirect(303, '/account?notice=ended');
      },
    }),
  ];
}
