import type { Connection } from 'mongoose';
import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Route } from '../http/route.ts';
import type { SessionControl } from '../http/session-control.ts';
import type { SessionGate } from '../http/session-gate.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { wireAccountManagement } from './account-management.wiring.ts';
import { createAccountChangeStore } from './account-change.store.ts';
import { normalizeUsername } from './account.ts';
import { createAccountStore } from './account.store.ts';
import type { DepartmentChoice } from './account-pages.view-model.ts';
import { createBootstrapAdministrator } from './bootstrap-administrator.ts';
import type { BootstrapAdministrator } from './bootstrap-administrator.ts';
import { createChangePassword } from './change-password.ts';
import { createCreateAccount } from './create-account.ts';
import type { CreateAccount } from './create-account.ts';
import { createFindPrincipal } from './find-principal.ts';
import type { FindPrincipal } from './find-principal.ts';
import { createLogIn } from './log-in.ts';
import { createLoginAttemptStore } from './login-attempt.store.ts';
import { createNotedLogIn } from './note-login.ts';
import { oneTimePassword } from './one-time-password.ts';
import type { PasswordHasher } from './password.argon2.ts';
import { createRecordLogOut } from './record-log-out.ts';
import { createResetPassword } from './reset-password.ts';
import type { ResetPassword } from './reset-password.ts';
import { createSessionPages } from './session.pages.ts';
import { createSessionRoutes } from './session.routes.ts';
import { createSessionStore } from './session.store.ts';
import type { SessionDatabase } from './session.store.ts';
import type { StaffPageDeps } from './staff-page.express.ts';

/** What the accounts slice needs from outside. */
export interface AccountsDeps extends StaffPageDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly hospitalTime: Pick<HospitalTime, 'dateOf' | 'format'>;
  readonly newId: () => string;
  /** A fair, unguessable index below `size`. */
  readonly randomIndex: (size: number) => number;
  readonly hasher: PasswordHasher;
  /** One-way hash of a user name, as key of its login attempts. */
  readonly hashKey: (text: string) => string;
  readonly recordAuditEvent: RecordAuditEvent;
  /** Departments an account can be bound to, in the order they are shown; closed ones too. */
  readonly listDepartments: () => Promise<readonly DepartmentChoice[]>;
  /** Whether a one-time password must be changed before anything else. */
  readonly forcePasswordChange: boolean;
  /** Password of the first administrator, when the operator chose one. */
  readonly initialPassword?: string;
  /** Makes the session gate over the slice's sessions and accounts. */
  readonly createGate: (parts: {
    readonly database: () => SessionDatabase;
    readonly findPrincipal: FindPrincipal;
  }) => SessionGate & SessionControl;
}

/** The accounts slice. */
export interface Accounts {
  readonly gate: SessionGate;
  readonly bootstrapAdministrator: BootstrapAdministrator;
  /** Whether nobody may log in yet. */
  readonly isEmpty: () => Promise<boolean>;
  readonly createAccount: CreateAccount;
  /** By user name, for whoever stands at the server and has lost every administrator's password. */
  readonly resetPasswordOf: (username: string) => ReturnType<ResetPassword>;
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
}

/** Builds accounts, their sessions and their pages. Defines the collections `accounts`, `loginAttempts`, `sessions`. */
export function wireAccounts(deps: AccountsDeps): Accounts {
  const accounts = createAccountStore(deps.connection);
  const changes = createAccountChangeStore(deps.connection);
  const attempts = createLoginAttemptStore(deps.connection);
  const sessionStore = createSessionStore(deps.connection);
  const today = (): string => deps.hospitalTime.dateOf(deps.clock.now());
  const findPrincipal = createFindPrincipal({ ...deps, accounts, today });
  const sessions = deps.createGate({ database: sessionStore.database, findPrincipal });
  const newOneTimePassword = (): string => oneTimePassword(deps.randomIndex);
  const departmentCodes = async (): Promise<readonly string[]> =>
    (await deps.listDepartments()).flatMap(({ code, active }) => (active ? [code] : []));

  const sessionDeps = {
    ...deps,
    today,
    sessions,
    logIn: createNotedLogIn({ ...deps, changes, logIn: createLogIn({ ...deps, accounts, attempts }) }),
    changePassword: createChangePassword({ ...deps, accounts, sessions: sessionStore }),
    recordLogOut: createRecordLogOut(deps),
  };
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
    gate: sessions,
    bootstrapAdministrator: createBootstrapAdministrator({
      ...deps,
      accounts,
      newOneTimePassword,
      displayName,
    }),
    isEmpty: accounts.isEmpty,
    createAccount,
    resetPasswordOf: async (username) => {
      const account = await accounts.findByUsername(normalizeUsername(username));
      return resetPassword({ accountId: account?._id ?? '', actor: 'system' });
    },
    routes: [...createSessionRoutes(sessionDeps), ...management.routes],
    pages: [...createSessionPages(sessionDeps), ...management.pages],
  };
}
