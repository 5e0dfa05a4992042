import type { Response } from 'express';
import { route } from '../http/route.ts';
import type { Route, RouteInput } from '../http/route.ts';
import { assignmentsOf } from './account-rule.ts';
import { summaryOf } from './account.ts';
import { accountsModel, emptyAccountForm } from './account-pages.view-model.ts';
import type { AccountsPageState, DepartmentChoice } from './account-pages.view-model.ts';
import type { AccountRouteDeps } from './account.routes.ts';
import { accountForm, accountParams, emptyForm } from './account.schema.ts';
import type { AccountForm } from './account.schema.ts';
import { errorTextsOf, inLanguage } from './error-texts.ts';
import { guardFor } from './guard.ts';
import { createSendStaffPage, formErrorStatus } from './staff-page.express.ts';
import type { StaffPageDeps } from './staff-page.express.ts';

/** What the accounts page needs. */
export interface AccountPageDeps extends AccountRouteDeps, StaffPageDeps {
  readonly listDepartments: () => Promise<readonly DepartmentChoice[]>;
}

type Shown = Pick<AccountsPageState, 'form' | 'errors' | 'created' | 'reset'> & { readonly status?: number };
type Show = (input: RouteInput, response: Response, shown?: Partial<Shown>) => Promise<void>;

function createShow(deps: AccountPageDeps): Show {
  const send = createSendStaffPage(deps);
  return async (input, response, shown = {}) => {
    const [accounts, departments] = await Promise.all([deps.accounts.list(), deps.listDepartments()]);
    const state: AccountsPageState = {
      accounts: accounts.map(summaryOf),
      departments,
      principal: input.principal,
      form: shown.form ?? emptyAccountForm,
      errors: shown.errors ?? [],
      created: shown.created ?? null,
      reset: shown.reset ?? null,
    };
    const model = accountsModel(state, { t: deps.t, locale: input.locale });
    const status = shown.status ?? 200;
    send(input, response, { name: 'accounts/accounts', path: '/admin/accounts', model, status });
  };
}

/** Which account is changed, and by whom. */
const changeOf = ({
  params,
  principal,
  requestId,
}: RouteInput): Parameters<AccountPageDeps['disableAccount']>[0] => ({
  accountId: params['accountId'] ?? '',
  actor: principal?.accountId ?? '',
  requestId,
});

/** The accounts page for administrators: list, open, reset, disable. */
export function createAccountPages(deps: AccountPageDeps): readonly Route[] {
  const manage = guardFor('account.manage');
  const show = createShow(deps);
  return [
    route({
      method: 'get',
      path: '/admin/accounts',
      guard: manage,
      summary: 'All accounts, and the form that opens one.',
      handle: (input, response) => show(input, response),
    }),
    route<AccountForm>({
      method: 'post',
      path: '/admin/accounts',
      guard: manage,
      summary: 'Opens an account and shows its one-time password this once.',
      body: accountForm,
      handle: async (input, response) => {
        const { body, principal, requestId, locale } = input;
        const roles = assignmentsOf(body.roles, body.departments);
        const draft = { username: body.username, displayName: body.displayName, roles };
        const actor = principal?.accountId ?? '';
        try {
          const { account, oneTimePassword } = await inLanguage(deps.t, locale, () =>
            deps.createAccount({ ...draft, actor, requestId }),
          );
          const created = { username: account.username, oneTimePassword };
          await show(input, response, { created, status: 201 });
        } catch (cause) {
          const { error, status } = formErrorStatus(cause);
          await show(input, response, { form: body, errors: errorTextsOf(error), status });
        }
      },
    }),
    route({
      method: 'post',
      path: '/admin/accounts/:accountId/disable',
      guard: manage,
      summary: 'Disables an account and ends its sessions.',
      params: accountParams,
      body: emptyForm,
      handle: async (input, response) => {
        await inLanguage(deps.t, input.locale, () => deps.disableAccount(changeOf(input)));
        response.redirect(303, '/admin/accounts');
      },
    }),
    route({
      method: 'post',
      path: '/admin/accounts/:accountId/reset-password',
      guard: manage,
      summary: 'Gives an account a new one-time password and shows it this once.',
      params: accountParams,
      body: emptyForm,
      handle: async (input, response) => {
        const reset = await inLanguage(deps.t, input.locale, () => deps.resetPassword(changeOf(input)));
        await show(input, response, { reset });
      },
    }),
  ];
}
