import { DomainError } from '../shared/domain-error.ts';
import type { FieldError } from '../shared/domain-error.ts';
import { commonPasswords } from './common-passwords.ts';

/** Fewest characters of a password people choose. */
export const minPasswordLength = 10;
/** Most characters: hashing more would only serve an attacker. */
export const maxPasswordLength = 128;

const characters = (text: string): readonly string[] => Array.from(text);

function isEverydayPassword(password: string): boolean {
  const lower = password.normalize('NFKC').toLowerCase();
  return commonPasswords.has(lower) || new Set(characters(lower)).size <= 3;
}

const containsName = (password: string, username: string): boolean =>
  username.length >= 3 && password.normalize('NFKC').toLowerCase().includes(username);

/**
 * Why a new password is refused, as stable codes; empty when it will do. Length 10–128 characters (not bytes: Chinese counts
 * fully), without the user name, not on the list of common ones, more than three different characters, not the current one.
 */
export function passwordFaults(
  newPassword: string,
  known: { readonly username: string; readonly currentPassword?: string },
): readonly string[] {
  const length = characters(newPassword).length;
  const faults: readonly (readonly [boolean, string])[] = [
    [length < minPasswordLength, 'password_too_short'],
    [length > maxPasswordLength, 'password_too_long'],
    [containsName(newPassword, known.username), 'password_contains_username'],
    [length >= minPasswordLength && isEverydayPassword(newPassword), 'password_common'],
    [newPassword.normalize('NFKC') === known.currentPassword?.normalize('NFKC'), 'password_unchanged'],
  ];
  return faults.filter(([broken]) => broken).map(([, code]) => code);
}

/** The same faults as errors of one field. */
export function passwordErrors(pointer: string, codes: readonly string[]): readonly FieldError[] {
  return codes.map((code) => ({ pointer, code, detail: code }));
}

/** Throws `password_refused` with `/repeatedPassword` when the new password was not typed the same twice. */
export function checkRepeatedPassword(newPassword: string, repeated: string): void {
  if (newPassword === repeated) return;
  throw new DomainError('invalid', 'password_refused', 'The two new passwords differ.', {
    errors: passwordErrors('/repeatedPassword', ['passwords_differ']),
  });
}
