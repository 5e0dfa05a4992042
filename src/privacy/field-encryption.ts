/** Encrypts single fields, each bound to the record it stands in. */
export interface FieldEncryption {
  /** `v1.` and base64url of IV, tag and ciphertext. Two calls never give the same text. */
  readonly encrypt: (plain: string, recordId: string) => string;
  /** The plain text. Throws an Error on another key, another record or a changed text; it repeats none of them. */
  readonly decrypt: (encrypted: string, recordId: string) => string;
}
