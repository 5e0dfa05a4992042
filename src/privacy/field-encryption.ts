/** Encrypts single fields, each bound to the record it stands in. */
export interface FieldEncryption {
  /** Id of the current key, a dot, and base64url of IV, tag and ciphertext. Two calls never give the same text. */
  readonly encrypt: (plain: string, recordId: string) => string;
  /**
   * The plain text. Throws `encryption_key_unknown` (unavailable) on a key that this process has not been given, and an Error on
   * another record or a changed text; neither repeats anything.
   */
  readonly decrypt: (encrypted: string, recordId: string) => string;
}

/** Keys of field encryption: the first is current and encrypts, each opens what was encrypted under it. */
export interface KeyRing extends FieldEncryption {
  /** Ids of the keys, the current one first. An id is a fingerprint: it tells nothing of its key. */
  readonly ids: () => readonly string[];
  /** Takes other keys from now on: base64, the current one first. Throws an Error, and keeps what it had, when one is no key. */
  readonly take: (keys: readonly string[]) => void;
}

/** The id of the key a text was encrypted under; `v1` for texts of before keys had ids. */
export function keyIdOf(encrypted: string): string {
  return encrypted.slice(0, Math.max(encrypted.indexOf('.'), 0));
}
