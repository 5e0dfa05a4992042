import type { Erasure } from './erasure.ts';
import type { FieldEncryption } from './field-encryption.ts';

/** What the typed words of an erasure are bound to. */
export function wordsPlace(id: string): string {
  return `erasure/${id}/words`;
}

/** Names and numbers of an erasure as they are kept until it is done, so that it can be completed; null without any. */
export function sealWords(
  { id, words }: { readonly id: string; readonly words: readonly string[] },
  encryption: FieldEncryption,
): string | null {
  return words.length === 0 ? null : encryption.encrypt(words.join('\n'), wordsPlace(id));
}

/** The names and numbers that were kept. */
export function openWords(
  { id, sealedWords }: Pick<Erasure, 'id' | 'sealedWords'>,
  encryption: FieldEncryption,
): readonly string[] {
  return sealedWords === null ? [] : encryption.decrypt(sealedWords, wordsPlace(id)).split('\n');
}
