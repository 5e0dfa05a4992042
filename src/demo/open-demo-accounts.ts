import type { CreateAccount } from '../accounts/create-account.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { DemoAccount } from './demonstration.ts';

/** What opening the accounts needs. */
export interface OpenDemoAccountsDeps {
  readonly createAccount: CreateAccount;
  readonly resetPasswordOf: (username: string) => Promise<{ readonly oneTimePassword: string }>;
}

/** An account to open. */
export interface WantedAccount extends Omit<DemoAccount, 'oneTimePassword'> {
  readonly displayName: string;
  readonly departments: 'all' | readonly string[];
}

/** Opens the accounts; one that an interrupted start opened gets a new password, for nobody has seen its first. */
export async function openDemoAccounts(
  deps: OpenDemoAccountsDeps,
  wanted: readonly WantedAccount[],
): Promise<readonly DemoAccount[]> {
  const opened: DemoAccount[] = [];
  for (const { username, role, displayName, departments } of wanted) {
    const roles = [{ role, departments }];
    const draft = { username, displayName, roles, actor: 'system', requestId: 'demonstration' };
    const { oneTimePassword } = await deps.createAccount(draft).catch(async (error: unknown) => {
      if (error instanceof DomainError && error.code === 'username_taken')
        return deps.resetPasswordOf(username);
      throw error;
    });
    opened.push({ username, role, oneTimePassword });
  }
  return opened;
}
