import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { Account } from './account.ts';
import type { AccountChangeStore } from './account-change.store.ts';
import { isLastingAdministrator } from './account-rule.ts';

/** What keeping an administrator needs. */
export interface KeepAdministratorDeps {
  readonly changes: Pick<AccountChangeStore, 'markLeaving' | 'unmarkLeaving' | 'hasStayingAdministrator'>;
  readonly clock: Clock;
  readonly today: () => CalendarDate;
  readonly newId: () => string;
}

/** Changes an account from how it was read to how it is to be, if an administrator remains. */
export type KeepAdministrator = <T>(
  read: Account,
  next: Pick<Account, 'active' | 'roles'>,
  change: () => Promise<T>,
) => Promise<T>;

/** A mark this old was left behind by a crash. */
const staleMs = 10 * 60_000;

/**
 * Lets a change happen only when somebody else can be counted on to administrate the service afterwards. An account that is
 * about to lose the role is marked first and looked for a staying administrator next: of two administrators who take the role
 * from each other at once, at least one sees the other's mark and is refused, so it never happens that both are gone. `change`
 * must fail when the account is not any more as it was read. Throws `last_administrator` (conflict).
 */
export function createKeepAdministrator(deps: KeepAdministratorDeps): KeepAdministrator {
  return async (read, next, change) => {
    const today = deps.today();
    if (!isLastingAdministrator(read, today) || isLastingAdministrator(next, today)) return change();
    const now = deps.clock.now();
    const mark = deps.newId();
    await deps.changes.markLeaving(read._id, { mark, at: now });
    try {
      const since = new Date(now.getTime() - staleMs);
      if (await deps.changes.hasStayingAdministrator(today, since)) return await change();
      throw new DomainError('conflict', 'last_administrator', 'One active administrator must remain.');
    } finally {
      await deps.changes.unmarkLeaving(read._id, mark);
    }
  };
}
