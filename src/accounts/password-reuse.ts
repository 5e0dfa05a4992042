import type { Account } from './account.ts';
import type { PasswordHasher } from './password.argon2.ts';

/** How many of an account's passwords, the present one among them, a new one must differ from. */
export const rememberedPasswords = 5;

/** Whether a password is one of those an account had before its present one, as far as they are remembered: at most four runs of argon2. */
export async function wasUsedBefore(
  { formerPasswordHashes = [] }: Pick<Account, 'formerPasswordHashes'>,
  password: string,
  hasher: Pick<PasswordHasher, 'verify'>,
): Promise<boolean> {
  for (const hash of formerPasswordHashes.slice(1 - rememberedPasswords)) {
    if (await hasher.verify(hash, password)) return true;
  }
  return false;
}
