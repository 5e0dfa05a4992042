import type { Response } from 'express';
import { route } from '../http/route.ts';
import type { Route, RouteInput } from '../http/route.ts';
import { DomainError } from '../shared/domain-error.ts';
import { assignmentOf, rowOf, rowsOf } from './account-form.ts';
import type { TypedAccount } from './account-form.ts';
import { accountFormModel } from './account-form.view-model.ts';
import type { AccountFormState } from './account-form.view-model.ts';
import type { AccountPageDeps, ShowAccounts } from './account.pages.ts';
import { accountDoneQuery, accountForm, accountParams } from './account.schema.ts';
import { versionOf } from './account.ts';
import type { Account } from './account.ts';
import { inLanguage } from './error-texts.ts';
import { guardFor } from './guard.ts';
import { createSendStaffPage, formErrorStatus } from './staff-page.express.ts';

type Shown = Partial<AccountFormState> & { readonly status?: number };
type Show = (input: RouteInput, response: Response, shown: Shown) => Promise<void>;

const actorOf = ({ principal }: RouteInput): string => principal?.accountId ?? '';
const maxBodyBytes = 256 * 1024;

function createShow(deps: AccountPageDeps): Show {
  const send = createSendStaffPage(deps);
  return async (input, response, { status = 200, ...shown }) => {
    const account = shown.account ?? null;
    const state: AccountFormState = {
      account,
      viewer: actorOf(input),
      username: '',
      displayName: account?.displayName ?? '',
      rows: account?.roles.map(rowOf) ?? [],
      version: account && versionOf(account),
      emptyRows: 1,
      departments: await deps.listDepartments(),
      today: deps.today(),
      formatTime: deps.formatTime,
      faults: [],
      problem: null,
      changedMeanwhile: false,
      done: null,
      ...shown,
    };
    const path = account ? `/admin/accounts/${account._id}` : '/admin/accounts/new';
    const model = accountFormModel(state, { t: deps.t, locale: input.locale });
    send(input, response, { name: 'accounts/account', path, model, status });
  };
}

/** What was typed, as the form shows it again. */
function typedState(typed: TypedAccount): Partial<AccountFormState> {
  const { username = '', displayName = '' } = typed;
  return { username, displayName, rows: rowsOf(typed) };
}

function faultyState(cause: unknown): Shown {
  const { error, status } = formErrorStatus(cause);
  return { status, faults: error.errors, problem: error.errors.length === 0 ? error.message : null };
}

async function find(deps: AccountPageDeps, { params, locale }: RouteInput): Promise<Account> {
  const account = await deps.accounts.findById(params['accountId'] ?? '');
  if (account) return account;
  return inLanguage(deps.t, locale, () =>
    Promise.reject(new DomainError('not-found', 'account_not_found', 'There is no such account.')),
  );
}

async function save(
  deps: AccountPageDeps,
  show: Show,
  input: RouteInput<TypedAccount>,
  response: Response,
): Promise<void> {
  const { body, requestId, locale } = input;
  const typed = typedState(body);
  const account = await find(deps, input);
  if (body['more'] === 'yes') {
    const version = Number(body['version']) || null;
    return show(input, response, { account, ...typed, version, emptyRows: 2 });
  }
  try {
    const { displayName = '' } = body;
    const roles = rowsOf(body).map(assignmentOf);
    const change = { displayName, roles, version: Number(body['version']), actor: actorOf(input), requestId };
    await inLanguage(deps.t, locale, () => deps.changeAccount({ ...change, accountId: account._id }));
    response.redirect(303, `/admin/accounts/${encodeURIComponent(account._id)}?done=saved`);
  } catch (cause) {
    const faulty = faultyState(cause);
    const changedMeanwhile = cause instanceof DomainError && cause.code === 'account_changed';
    // Whoever sends the form again has then seen the account as it is now; until then its version stays the one they saw.
    const fresh = await find(deps, input);
    const version = changedMeanwhile ? versionOf(fresh) : Number(body['version']) || null;
    await show(input, response, { account: fresh, ...typed, ...faulty, version, changedMeanwhile });
  }
}

/** The forms that open an account and change one. */
export function createAccountFormPages(deps: AccountPageDeps, showAccounts: ShowAccounts): readonly Route[] {
  const show = createShow(deps);
  const guard = guardFor('account.manage');
  return [
    route({
      method: 'get',
      path: '/admin/accounts/new',
      guard,
      summary: 'The form that opens an account.',
      handle: (input, response) => show(input, response, {}),
    }),
    route<TypedAccount>({
      method: 'post',
      path: '/admin/accounts',
      guard,
      summary: 'Opens an account and shows its one-time password this once.',
      body: accountForm,
      maxBodyBytes,
      handle: async (input, response) => {
        const { body, requestId, locale } = input;
        const typed = typedState(body);
        if (body['more'] === 'yes') return show(input, response, { ...typed, emptyRows: 2 });
        const { username = '', displayName = '' } = body;
        const draft = { username, displayName, roles: rowsOf(body).map(assignmentOf) };
        try {
          const { account, oneTimePassword } = await inLanguage(deps.t, locale, () =>
            deps.createAccount({ ...draft, actor: actorOf(input), requestId }),
          );
          const secret = { username: account.username, oneTimePassword, reason: 'created' as const };
          await showAccounts(input, response, { secret, status: 201 });
        } catch (cause) {
          await show(input, response, { ...typed, ...faultyState(cause) });
        }
      },
    }),
    route<unknown, { readonly done?: string }>({
      method: 'get',
      path: '/admin/accounts/:accountId',
      guard,
      summary:
        'One account: its roles with departments and terms, its state, and the form that changes them.',
      params: accountParams,
      query: accountDoneQuery,
      handle: async (input, response) =>
        show(input, response, { account: await find(deps, input), done: input.query.done ?? null }),
    }),
    route<TypedAccount>({
      method: 'post',
      path: '/admin/accounts/:accountId',
      guard,
      summary: 'Changes name and roles of an account; what was typed stays when somebody else was faster.',
      params: accountParams,
      body: accountForm,
      maxBodyBytes,
      handle: (input, response) => save(deps, show, input, response),
    }),
  ];
}
