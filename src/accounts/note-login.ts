import type { Clock } from '../shared/clock.ts';
import type { AccountChangeStore } from './account-change.store.ts';
import type { LogIn } from './log-in.ts';

/** The same login; the account then shows when it was. */
export function createNotedLogIn(deps: {
  readonly logIn: LogIn;
  readonly changes: Pick<AccountChangeStore, 'noteLogin'>;
  readonly clock: Clock;
}): LogIn {
  return async (input) => {
    const account = await deps.logIn(input);
    await deps.changes.noteLogin(account._id, deps.clock.now());
    return account;
  };
}
