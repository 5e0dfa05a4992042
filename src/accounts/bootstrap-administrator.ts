import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import type { AccountStore } from './account.store.ts';
import type { PasswordHasher } from './password.argon2.ts';

/** What the first start needs. */
export interface BootstrapAdministratorDeps {
  readonly accounts: Pick<AccountStore, 'isEmpty' | 'insert'>;
  readonly hasher: Pick<PasswordHasher, 'hash'>;
  readonly newOneTimePassword: () => string;
  readonly clock: Clock;
  /** What the account is called on pages. */
  readonly displayName: string;
  readonly recordAuditEvent: RecordAuditEvent;
  /** The password the operator chose in the configuration; one is made when it is left out. */
  readonly initialPassword?: string;
}

/** Creates the first administrator; null when there is an account already. */
export type BootstrapAdministrator = () => Promise<{
  readonly username: string;
  readonly oneTimePassword: string;
} | null>;

/** One id for whoever comes first: of two instances starting at once the second finds it taken. */
const administratorId = 'admin';

/** The first administrator: `admin`, roles admin and office, created only where no account exists at all, and only once. */
export function createBootstrapAdministrator(deps: BootstrapAdministratorDeps): BootstrapAdministrator {
  return async () => {
    if (!(await deps.accounts.isEmpty())) return null;
    const password = deps.initialPassword ?? deps.newOneTimePassword();
    const inserted = await deps.accounts.insert({
      _id: administratorId,
      username: 'admin',
      displayName: deps.displayName,
      roles: [
        { role: 'admin', departments: 'all' },
        { role: 'office', departments: 'all' },
      ],
      passwordHash: await deps.hasher.hash(password),
      mustChangePassword: true,
      credentialVersion: 1,
      active: true,
      createdAt: deps.clock.now(),
    });
    if (!inserted) return null;
    const subject = `account/${administratorId}`;
    await deps.recordAuditEvent({ actor: 'system', action: 'account.create', subject, outcome: 'succeeded' });
    return { username: 'admin', oneTimePassword: password };
  };
}
