import type { Route } from '../http/route.ts';
import type { SessionGate } from '../http/session-gate.ts';
import { wireAccountManagement } from './account-management.wiring.ts';
import { createAccountChangeStore } from './account-change.store.ts';
import { normalizeUsername, summaryOf } from './account.ts';
import type { AccountSummary } from './account.ts';
import { createAccountStore } from './account.store.ts';
import type { DepartmentChoice } from './account-pages.view-model.ts';
import { createBootstrapAdministrator } from './bootstrap-administrator.ts';
import type { BootstrapAdministrator } from './bootstrap-administrator.ts';
import { createCreateAccount } from './create-account.ts';
import type { CreateAccount } from './create-account.ts';
import { wireLogins } from './logins.wiring.ts';
import type { Logins, LoginsDeps } from './logins.wiring.ts';
import { createLoginAttemptStore } from './login-attempt.store.ts';
import { oneTimePassword } from './one-time-password.ts';
import { createResetPassword } from './reset-password.ts';
import type { ResetPassword } from './reset-password.ts';
import { createSessionStore } from './session.store.ts';

/** What the accounts slice needs from outside. */
export interface AccountsDeps extends LoginsDeps {
  readonly newId: () => string;
  /** Departments an account can be bound to, in the order they are shown; closed ones too. */
  readonly listDepartments: () => Promise<readonly DepartmentChoice[]>;
  /** Password of the first administrator, when the operator chose one. */
  readonly initialPassword?: string;
}

/** The accounts slice. */
export interface Accounts {
  readonly gate: SessionGate;
  readonly bootstrapAdministrator: BootstrapAdministrator;
  /** Whether nobody may log in yet. */
  readonly isEmpty: () => Promise<boolean>;
  readonly createAccount: CreateAccount;
  /** Account id → display name, of everybody who may log in or once could. */
  readonly peopleNames: () => Promise<ReadonlyMap<string, string>>;
  /** Everybody who has or had an account, with the names. */
  readonly listAccounts: () => Promise<readonly AccountSummary[]>;
  /** By user name, for whoever stands at the server and has lost every administrator's password; takes two-factor login off, too. */
  readonly resetPasswordOf: (username: string, requestId?: string) => ReturnType<ResetPassword>;
  /** Encrypted fields, for the rotation of keys. */
  readonly sealed: Logins['sealed'];
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
}

/** Builds accounts, their sessions and their pages. Defines the collections `accounts`, `loginAttempts`, `loginAddresses`, `sessions`. */
export function wireAccounts(deps: AccountsDeps): Accounts {
  const accounts = createAccountStore(deps.connection);
  const changes = createAccountChangeStore(deps.connection);
  const attempts = createLoginAttemptStore(deps.connection);
  const sessionStore = createSessionStore(deps.connection);
  const logins = wireLogins(deps, { accounts, changes, attempts, sessionStore });
  const newOneTimePassword = (): string => oneTimePassword(deps.randomIndex);
  const departmentCodes = async (): Promise<readonly string[]> =>
    (await deps.listDepartments()).flatMap(({ code, active }) => (active ? [code] : []));

  const resetPassword = createResetPassword({
    ...deps,
    accounts,
    attempts,
    sessions: sessionStore,
    newOneTimePassword,
  });
  const createAccount = createCreateAccount({ ...deps, accounts, departmentCodes, newOneTimePassword });
  const management = wireAccountManagement({
    ...deps,
    accounts,
    changes,
    sessions: sessionStore,
    departmentCodes,
    createAccount,
    resetPassword,
  });
  const displayName = deps.t('zh-Hans', 'accounts:administratorName');
  return {
    gate: logins.gate,
    bootstrapAdministrator: createBootstrapAdministrator({
      ...deps,
      accounts,
      newOneTimePassword,
      displayName,
    }),
    isEmpty: accounts.isEmpty,
    createAccount,
    peopleNames: async () =>
      new Map((await accounts.list()).map(({ _id, displayName: name }) => [_id, name])),
    listAccounts: async () => (await accounts.list()).map(summaryOf),
    resetPasswordOf: async (username, requestId) => {
      const account = await accounts.findByUsername(normalizeUsername(username));
      const asked = {
        accountId: account?._id ?? '',
        actor: 'system',
        ...(requestId !== undefined && { requestId }),
      };
      const reset = await resetPassword(asked);
      await logins.resetTwoFactor(asked);
      return reset;
    },
    sealed: logins.sealed,
    routes: [...logins.routes, ...management.routes],
    pages: [...logins.pages, ...management.pages],
  };
}
