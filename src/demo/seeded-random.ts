/** Random numbers that are the same for the same key, so that a demonstration interrupted half-way is completed, not doubled. */
export interface SeededRandom {
  /** In [0, 1). */
  readonly next: () => number;
  /** A whole number from `least` to `most`, both included. */
  readonly between: (least: number, most: number) => number;
  readonly chance: (probability: number) => boolean;
  /** One of a list that is not empty. Throws a RangeError on an empty one. */
  readonly pick: <T>(list: readonly T[]) => T;
}

/** FNV-1a over the text, from another start for each of the four words of the state. */
function wordOf(text: string, start: number): number {
  let word = start;
  for (let index = 0; index < text.length; index += 1) {
    word = Math.imul(word ^ text.charCodeAt(index), 0x01_00_01_93);
  }
  return word >>> 0;
}

/**
 * Numbers from a key of any length: two keys give unrelated sequences. Source: sfc32 of PractRand, which passes its tests;
 * not for secrets.
 */
export function seededRandom(...key: readonly (string | number)[]): SeededRandom {
  const text = key.join('/');
  let a = wordOf(text, 0x81_1c_9d_c5);
  let b = wordOf(text, 0x9e_37_79_b9);
  let c = wordOf(text, 0x24_3f_6a_88);
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  // The first numbers still show the likeness of keys.
  for (let round = 0; round < 12; round += 1) next();
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (list) => {
      const found = list[between(0, list.length - 1)];
      if (found === undefined) throw new RangeError('Nothing can be picked from an empty list.');
      return found;
    },
  };
}
