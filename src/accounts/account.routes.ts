import { route } from '../http/route.ts';
import type { Route } from '../http/route.ts';
import type { Translate } from '../shared/i18n.ts';
import { summaryOf } from './account.ts';
import type { AccountStore } from './account.store.ts';
import {
  accountBody,
  accountParams,
  accountsAnswer,
  createdAccountAnswer,
  resetPasswordAnswer,
} from './account.schema.ts';
import type { AccountBody } from './account.schema.ts';
import type { CreateAccount } from './create-account.ts';
import type { DisableAccount } from './disable-account.ts';
import type { ResetPassword } from './reset-password.ts';
import { guardFor } from './guard.ts';
import { inLanguage } from './error-texts.ts';

/** What the routes of accounts need. */
export interface AccountRouteDeps {
  readonly accounts: Pick<AccountStore, 'list'>;
  readonly createAccount: CreateAccount;
  readonly disableAccount: DisableAccount;
  readonly resetPassword: ResetPassword;
  readonly t: Translate;
}

/** Accounts, as JSON, for administrators. */
export function createAccountRoutes(deps: AccountRouteDeps): readonly Route[] {
  const manage = guardFor('account.manage');
  return [
    route({
      method: 'get',
      path: '/api/v1/accounts',
      guard: manage,
      summary: 'All accounts by user name.',
      responses: { 200: accountsAnswer },
      handle: async (_input, response) => {
        const accounts = (await deps.accounts.list()).map(summaryOf);
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
    route({
      method: 'post',
      path: '/api/v1/accounts/:accountId/disable',
      guard: manage,
      summary: 'Disables an account and ends its sessions.',
      responses: { 204: null },
      params: accountParams,
      handle: async ({ params, principal, requestId, locale }, response) => {
        const change = { accountId: params['accountId'] ?? '', actor: principal?.accountId ?? '', requestId };
        await inLanguage(deps.t, locale, () => deps.disableAccount(change));
        response.status(204).end();
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/accounts/:accountId/reset-password',
      guard: manage,
      summary: 'Gives an account a new one-time password, shown this once, and ends its sessions.',
      responses: { 200: resetPasswordAnswer },
      params: accountParams,
      handle: async ({ params, principal, requestId, locale }, response) => {
        const change = { accountId: params['accountId'] ?? '', actor: principal?.accountId ?? '', requestId };
        const reset = await inLanguage(deps.t, locale, () => deps.resetPassword(change));
        response.set('Cache-Control', 'no-store').json(reset);
      },
    }),
  ];
}
