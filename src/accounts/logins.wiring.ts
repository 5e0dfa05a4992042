import type { Connection } from 'mongoose';
import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Route } from '../http/route.ts';
import type { SessionControl } from '../http/session-control.ts';
import type { SessionGate } from '../http/session-gate.ts';
import type { BlindIndex } from '../privacy/blind-index.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { SealedRecords } from '../privacy/sealed-records.ts';
import type { Clock } from '../shared/clock.ts';
import type { LocalizedText } from '../shared/localized-text.ts';
import type { Role } from '../shared/principal.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Account, PasswordDemands } from './account.ts';
import type { AccountChangeStore } from './account-change.store.ts';
import type { ResetTwoFactor } from './change-two-factor.ts';
import type { AccountStore } from './account.store.ts';
import { createChangePassword } from './change-password.ts';
import { createCheckSecret } from './check-secret.ts';
import { createEndOtherSessions, createEndSession } from './end-session.ts';
import { createFinishLogin } from './finish-login.ts';
import { createFindPrincipal } from './find-principal.ts';
import type { FindPrincipal } from './find-principal.ts';
import { createLogIn } from './log-in.ts';
import { createLogInPages } from './log-in.pages.ts';
import { createLoginAddressStore } from './login-address.store.ts';
import type { LoginAttemptStore } from './login-attempt.store.ts';
import { createOwnAccountPages } from './own-account.pages.ts';
import { createOwnSessionRoutes } from './own-session.routes.ts';
import type { PasswordHasher } from './password.argon2.ts';
import { createRecordLogOut } from './record-log-out.ts';
import { createSessionPages } from './session.pages.ts';
import { createSessionRoutes } from './session.routes.ts';
import type { SessionDatabase, SessionStore } from './session.store.ts';
import type { StaffPageDeps } from './staff-page.express.ts';
import { createTwoFactorPages } from './two-factor.pages.ts';
import { createTwoFactorRoutes } from './two-factor.routes.ts';
import { createTwoFactorStore } from './two-factor.store.ts';
import { isTwoFactorDemanded } from './two-factor.ts';
import { wireTwoFactor } from './two-factor.wiring.ts';

/** What logging in needs from outside the slice. */
export interface LoginsDeps extends StaffPageDeps, PasswordDemands {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly hasher: PasswordHasher;
  /** One-way hash of a user name or an address, as key of its attempts. */
  readonly hashKey: (text: string) => string;
  readonly recordAuditEvent: RecordAuditEvent;
  /** Failed logins one address may have before it is slowed. */
  readonly failuresPerAddress: number;
  /** Roles that must have two-factor login. */
  readonly requireTwoFactor: readonly Role[];
  /** A fair, unguessable index below `size`. */
  readonly randomIndex: (size: number) => number;
  readonly keys: { readonly encryption: FieldEncryption; readonly blindIndex: BlindIndex };
  /** Stands beside the person's name in their authenticator app. */
  readonly hospitalName: LocalizedText;
  /** Makes the session gate over the slice's sessions and accounts. */
  readonly createGate: (parts: {
    readonly database: () => SessionDatabase;
    readonly findPrincipal: FindPrincipal;
  }) => SessionGate & SessionControl;
}

/** The stores that logging in shares with the rest of the slice. */
export interface LoginStores {
  readonly accounts: AccountStore;
  readonly changes: AccountChangeStore;
  readonly attempts: LoginAttemptStore;
  readonly sessionStore: SessionStore;
}

/** Logging in and out, the own password and the own sessions. */
export interface Logins {
  readonly gate: SessionGate;
  readonly resetTwoFactor: ResetTwoFactor;
  /** Encrypted fields, for the rotation of keys. */
  readonly sealed: readonly SealedRecords[];
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
}

/** Builds what a person does with their own account. Defines the collections `loginAddresses` and `twoFactors`. */
export function wireLogins(given: LoginsDeps, stores: LoginStores): Logins {
  const { accounts, attempts, sessionStore } = stores;
  const today = (): string => given.hospitalTime.dateOf(given.clock.now());
  const addresses = createLoginAddressStore(given.connection);
  const checkSecret = createCheckSecret({ ...given, attempts, addresses });
  const twoFactors = createTwoFactorStore(given.connection);
  const isDemanded = (account: Account): boolean =>
    isTwoFactorDemanded(account, given.requireTwoFactor, today());
  const findPrincipal = createFindPrincipal({ ...given, accounts, twoFactors, isDemanded, today });
  const sessions = given.createGate({ database: sessionStore.database, findPrincipal });
  const { encryption } = given.keys;
  const known = {
    ...given,
    ...stores,
    twoFactors,
    encryption,
    isDemanded,
    checkSecret,
    sessions,
    findPrincipal,
  };
  const shared = { ...known, finishLogin: createFinishLogin(known) };
  const deps = {
    ...shared,
    ...wireTwoFactor(shared),
    logIn: createLogIn(shared),
    changePassword: createChangePassword({ ...shared, sessions: sessionStore }),
    recordLogOut: createRecordLogOut(given),
    endSession: createEndSession(shared),
    endOtherSessions: createEndOtherSessions(shared),
  };
  return {
    gate: sessions,
    resetTwoFactor: deps.resetTwoFactor,
    sealed: [twoFactors.sealed],
    routes: [...createSessionRoutes(deps), ...createTwoFactorRoutes(deps), ...createOwnSessionRoutes(deps)],
    pages: [
      ...createLogInPages(deps),
      ...createSessionPages(deps),
      ...createTwoFactorPages(deps),
      ...createOwnAccountPages(deps),
    ],
  };
}
