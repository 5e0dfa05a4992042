import { route } from '../http/route.ts';
import type { Route, RouteInput } from '../http/route.ts';
import type { Translate } from '../shared/i18n.ts';
import { summaryOf } from './account.ts';
import type { AccountStore } from './account.store.ts';
import {
  accountAnswer,
  accountBody,
  accountChangeBody,
  accountParams,
  accountQuery,
  accountsAnswer,
  createdAccountAnswer,
  resetPasswordAnswer,
} from './account.schema.ts';
import type { AccountBody, AccountChangeBody, AccountQuery } from './account.schema.ts';
import type { ChangeAccount } from './change-account.ts';
import type { CreateAccount } from './create-account.ts';
import type { AccountStateInput, DisableAccount, EnableAccount } from './disable-account.ts';
import { filterAccounts } from './filter-accounts.ts';
import type { ResetPassword } from './reset-password.ts';
import { guardFor } from './guard.ts';
import { inLanguage } from './error-texts.ts';

/** What the routes of accounts need. */
export interface AccountRouteDeps {
  readonly accounts: Pick<AccountStore, 'list' | 'findById'>;
  readonly createAccount: CreateAccount;
  readonly changeAccount: ChangeAccount;
  readonly disableAccount: DisableAccount;
  readonly enableAccount: EnableAccount;
  readonly resetPassword: ResetPassword;
  readonly t: Translate;
}

const changeOf = ({ params, principal, requestId }: RouteInput): AccountStateInput => ({
  accountId: params['accountId'] ?? '',
  actor: principal?.accountId ?? '',
  requestId,
});

/** Lets accounts in and out, and resets their passwords. */
function createStateRoutes(deps: AccountRouteDeps): readonly Route[] {
  const one = { method: 'post', guard: guardFor('account.manage'), params: accountParams } as const;
  return [
    route({
      ...one,
      path: '/api/v1/accounts/:accountId/disable',
      summary: 'Disables an account and ends its sessions.',
      responses: { 204: null },
      handle: async (input, response) => {
        await inLanguage(deps.t, input.locale, () => deps.disableAccount(changeOf(input)));
        response.status(204).end();
      },
    }),
    route({
      ...one,
      path: '/api/v1/accounts/:accountId/enable',
      summary: 'Lets a disabled account log in again, with the password it had.',
      responses: { 204: null },
      handle: async (input, response) => {
        await inLanguage(deps.t, input.locale, () => deps.enableAccount(changeOf(input)));
        response.status(204).end();
      },
    }),
    route({
      ...one,
      path: '/api/v1/accounts/:accountId/reset-password',
      summary: 'Gives an account a new one-time password, shown this once, and ends its sessions.',
      responses: { 200: resetPasswordAnswer },
      handle: async (input, response) => {
        const reset = await inLanguage(deps.t, input.locale, () => deps.resetPassword(changeOf(input)));
        response.set('Cache-Control', 'no-store').json(reset);
      },
    }),
  ];
}

/** Accounts, as JSON, for administrators. */
export function createAccountRoutes(deps: AccountRouteDeps): readonly Route[] {
  const manage = guardFor('account.manage');
  return [
    route<unknown, AccountQuery>({
      method: 'get',
      path: '/api/v1/accounts',
      guard: manage,
      summary: 'Accounts by user name: all, or those with a text in their name, a role, a state.',
      query: accountQuery,
      responses: { 200: accountsAnswer },
      handle: async ({ query }, response) => {
        const accounts = filterAccounts(await deps.accounts.list(), query).map(summaryOf);
        response.set('Cache-Control', 'no-store').json({ accounts });
      },
    }),
    route<AccountBody>({
      method: 'post',
      path: '/api/v1/accounts',
      guard: manage,
      summary: 'Opens an account; its one-time password is shown this once.',
      body: accountBody,
      responses: { 201: createdAccountAnswer },
      handle: async ({ body, principal, requestId, locale }, response) => {
        const actor = principal?.accountId ?? '';
        const created = await inLanguage(deps.t, locale, () =>
          deps.createAccount({ ...body, actor, requestId }),
        );
        response.status(201).set('Cache-Control', 'no-store').json(created);
      },
    }),
    route<AccountChangeBody>({
      method: 'put',
      path: '/api/v1/accounts/:accountId',
      guard: manage,
      summary:
        'Changes name and roles of an account, in force at its next request; 409 when another change came first.',
      params: accountParams,
      body: accountChangeBody,
      responses: { 200: accountAnswer },
      handle: async (input, response) => {
        const changed = await inLanguage(deps.t, input.locale, () =>
          deps.changeAccount({ ...input.body, ...changeOf(input) }),
        );
        response.set('Cache-Control', 'no-store').json(changed);
      },
    }),
    ...createStateRoutes(deps),
  ];
}
