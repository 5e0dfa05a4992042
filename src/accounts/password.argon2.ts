import { hash, verify } from '@node-rs/argon2';

/** What one hash costs: whoever steals the database pays it for every guess. */
export interface PasswordCost {
  readonly memoryKiB: number;
  /** Passes over the memory. */
  readonly passes: number;
}

/** 64 MiB and 3 passes: about 80 ms on one core, outside the main thread. */
export const passwordCost: PasswordCost = { memoryKiB: 64 * 1024, passes: 3 };

/** Turns passwords into hashes and checks them; each call is one run of argon2id. */
export interface PasswordHasher {
  readonly hash: (password: string) => Promise<string>;
  /** False for a wrong password and for a text that is no hash. */
  readonly verify: (passwordHash: string, password: string) => Promise<boolean>;
}

/** Argon2id (the library's default), one lane. The same password typed on any keyboard is the same: NFKC first. */
export function createPasswordHasher(cost: PasswordCost = passwordCost): PasswordHasher {
  const options = { memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: 1 };
  return {
    hash: (password) => hash(password.normalize('NFKC'), options),
    verify: (passwordHash, password) =>
      verify(passwordHash, password.normalize('NFKC')).catch((error: unknown) => {
        if (error instanceof Error) return false;
        throw error;
      }),
  };
}
