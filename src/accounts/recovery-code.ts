/** How many recovery codes a person gets. */
export const recoveryCodeCount = 10;

/** No 0/o, 1/l/i: they are written down and typed. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Ten codes of 12 characters, 59 bits each, such as `k7mp-2xqd-hw9r`. `randomIndex(size)` gives a fair index below `size`. */
export function newRecoveryCodes(randomIndex: (size: number) => number): readonly string[] {
  const group = (): string =>
    Array.from({ length: 4 }, () => alphabet[randomIndex(alphabet.length)] ?? 'a').join('');
  return Array.from({ length: recoveryCodeCount }, () => `${group()}-${group()}-${group()}`);
}

/** A recovery code as it is fingerprinted, however it was typed: `' K7MP 2xqd–hw9r'` → `k7mp2xqdhw9r`. */
export function plainRecoveryCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}
