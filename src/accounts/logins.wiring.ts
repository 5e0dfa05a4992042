import type { Connection } from 'mongoose';
import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Route } from '../http/route.ts';
import type { SessionControl } from '../http/session-control.ts';
import type { SessionGate } from '../http/session-gate.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { PasswordDemands } from './account.ts';
import type { AccountChangeStore } from './account-change.store.ts';
import type { AccountStore } from './account.store.ts';
import { createChangePassword } from './change-password.ts';
import { createCheckSecret } from './check-secret.ts';
import { createEndOtherSessions, createEndSession } from './end-session.ts';
import { createFindPrincipal } from './find-principal.ts';
import type { FindPrincipal } from './find-principal.ts';
import { createLogIn } from './log-in.ts';
import { createLogInPages } from './log-in.pages.ts';
import { createLoginAddressStore } from './login-address.store.ts';
import type { LoginAttemptStore } from './login-attempt.store.ts';
import { createNotedLogIn } from './note-login.ts';
import { createOwnAccountPages } from './own-account.pages.ts';
import { createOwnSessionRoutes } from './own-session.routes.ts';
import type { PasswordHasher } from './password.argon2.ts';
import { createRecordLogOut } from './record-log-out.ts';
import { createSessionPages } from './session.pages.ts';
import { createSessionRoutes } from './session.routes.ts';
import type { SessionDatabase, SessionStore } from './session.store.ts';
import type { StaffPageDeps } from './staff-page.express.ts';

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
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
}

/** Builds what a person does with their own account. Defines the collection `loginAddresses`. */
export function wireLogins(given: LoginsDeps, stores: LoginStores): Logins {
  const { accounts, attempts, sessionStore } = stores;
  const today = (): string => given.hospitalTime.dateOf(given.clock.now());
  const addresses = createLoginAddressStore(given.connection);
  const checkSecret = createCheckSecret({ ...given, attempts, addresses });
  const findPrincipal = createFindPrincipal({ ...given, accounts, today });
  const sessions = given.createGate({ database: sessionStore.database, findPrincipal });
  const shared = { ...given, ...stores, checkSecret, sessions, findPrincipal };
  const deps = {
    ...shared,
    logIn: createNotedLogIn({ ...shared, logIn: createLogIn(shared) }),
    changePassword: createChangePassword({ ...shared, sessions: sessionStore }),
    recordLogOut: createRecordLogOut(given),
    endSession: createEndSession(shared),
    endOtherSessions: createEndOtherSessions(shared),
  };
  return {
    gate: sessions,
    routes: [...createSessionRoutes(deps), ...createOwnSessionRoutes(deps)],
    pages: [...createLogInPages(deps), ...createSessionPages(deps), ...createOwnAccountPages(deps)],
  };
}
