/** No 0/o, 1/l/i: it is read aloud and typed once. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = [4, 4, 4, 4];

/**
 * A password for the first login: 16 readable characters in four groups, 79 bits (log2 31^16), such as
 * `k7mp-2xqd-hw9r-tc4n`. `randomIndex(size)` gives a fair index below `size`.
 */
export function oneTimePassword(randomIndex: (size: number) => number): string {
  return groups
    .map((length) => Array.from({ length }, () => alphabet[randomIndex(alphabet.length)] ?? 'a').join(''))
    .join('-');
}
