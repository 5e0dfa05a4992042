import type { Response } from 'express';
import { route } from '../http/route.ts';
import type { Route, RouteInput } from '../http/route.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { accountListModel } from './account-list.view-model.ts';
import type { OneTimePasswordNotice } from './account-list.view-model.ts';
import type { DepartmentChoice } from './account-pages.view-model.ts';
import type { AccountRouteDeps } from './account.routes.ts';
import { accountParams, accountQuery, emptyForm } from './account.schema.ts';
import type { AccountQuery } from './account.schema.ts';
import type { AccountStateInput } from './disable-account.ts';
import { inLanguage } from './error-texts.ts';
import { guardFor } from './guard.ts';
import { createSendStaffPage } from './staff-page.express.ts';
import type { StaffPageDeps } from './staff-page.express.ts';

/** What the pages of accounts need. */
export interface AccountPageDeps extends AccountRouteDeps, StaffPageDeps {
  /** Open and closed ones. */
  readonly listDepartments: () => Promise<readonly DepartmentChoice[]>;
  readonly today: () => CalendarDate;
  readonly formatTime: (moment: Date) => string;
}

/** Shows the list, with the password that is shown this once when there is one. */
export type ShowAccounts = (
  input: RouteInput,
  response: Response,
  shown: { readonly query?: AccountQuery; readonly secret?: OneTimePasswordNotice; readonly status?: number },
) => Promise<void>;

const everybody: AccountQuery = { text: '', role: '', state: '' };

/** Makes the function that shows the list of accounts. */
export function createShowAccounts(deps: AccountPageDeps): ShowAccounts {
  const send = createSendStaffPage(deps);
  return async (input, response, { query = everybody, secret = null, status = 200 }) => {
    const [accounts, departments] = await Promise.all([deps.accounts.list(), deps.listDepartments()]);
    const { formatTime } = deps;
    const state = { accounts, departments, query, secret, today: deps.today(), formatTime };
    const model = accountListModel(state, { t: deps.t, locale: input.locale });
    send(input, response, { name: 'accounts/accounts', path: '/admin/accounts', model, status });
  };
}

/** Which account is changed, and by whom. */
const changeOf = ({ params, principal, requestId }: RouteInput): AccountStateInput => ({
  accountId: params['accountId'] ?? '',
  actor: principal?.accountId ?? '',
  requestId,
});

/** The list of accounts, and what is done to one of them without a form: disable, enable, reset. */
export function createAccountPages(deps: AccountPageDeps): readonly Route[] {
  const show = createShowAccounts(deps);
  const guard = guardFor('account.manage');
  const one = { method: 'post', guard, params: accountParams, body: emptyForm } as const;
  const change = async (
    input: RouteInput,
    response: Response,
    use: (change: AccountStateInput) => Promise<void>,
    done: string,
  ): Promise<void> => {
    const { accountId } = changeOf(input);
    await inLanguage(deps.t, input.locale, () => use(changeOf(input)));
    response.redirect(303, `/admin/accounts/${encodeURIComponent(accountId)}?done=${done}`);
  };
  return [
    route<unknown, AccountQuery>({
      method: 'get',
      path: '/admin/accounts',
      guard,
      summary: 'The accounts, to be searched by name, role and state.',
      query: accountQuery,
      handle: (input, response) => show(input, response, { query: input.query }),
    }),
    route({
      ...one,
      path: '/admin/accounts/:accountId/disable',
      summary: 'Disables an account and ends its sessions.',
      handle: (input, response) => change(input, response, deps.disableAccount, 'disabled'),
    }),
    route({
      ...one,
      path: '/admin/accounts/:accountId/enable',
      summary: 'Lets a disabled account log in again.',
      handle: (input, response) => change(input, response, deps.enableAccount, 'enabled'),
    }),
    route({
      ...one,
      path: '/admin/accounts/:accountId/reset-password',
      summary: 'Gives an account a new one-time password and shows it this once.',
      handle: async (input, response) => {
        const reset = await inLanguage(deps.t, input.locale, () => deps.resetPassword(changeOf(input)));
        await show(input, response, { secret: { ...reset, reason: 'resetDone' } });
      },
    }),
  ];
}
