/** Digits in Chinese. ○ is none of them here: it is what is put in place of what is blotted out. */
const chineseDigits = [
  '零〇',
  '一壹幺',
  '二贰貳',
  '三叁參',
  '四肆',
  '五伍',
  '六陆陸',
  '七柒',
  '八捌',
  '九玖',
];

/** Where Unicode keeps other shapes of letters, digits and Chinese characters: from, to. */
const shapeBlocks = [
  [0xb2, 0xb9],
  [0x20_70, 0x21_4f],
  [0x24_60, 0x24_ff],
  [0x2e_80, 0x2f_df],
  [0xf9_00, 0xfa_ff],
  [0xff_01, 0xff_ef],
  [0x1_d4_00, 0x1_d7_ff],
  [0x1_f1_00, 0x1_f1_ff],
  [0x2_f8_00, 0x2_fa_1f],
] as const;

/** What nobody sees: `\p{Cf}`, marks such as variation selectors, Hangul fillers. */
const unseen = String.raw`\p{Cf}\p{Mn}ᅟᅠㅤﾠ`;
/** What people put between the digits of a number, at most so much of it. */
const betweenDigits = String.raw`[\s\p{Z}\p{P}\p{S}${unseen}]{0,8}`;
/** What people put between the characters of a name: blanks, dots as in 阿依古丽·买买提, on one line. */
const betweenCharacters = String.raw`[\t\p{Zs}·•・‧${unseen}]{0,3}`;
/** Shorter numbers may stand in dates and amounts: their digits are parted by blanks at most. */
const shortestParted = 7;

/** The characters of a word that matter, after NFKC; marks and blanks are how people write. */
function charactersOf(word: string): readonly string[] {
  return Array.from(word.normalize('NFKC')).filter((character) => /[\p{L}\p{N}]/u.test(character));
}

/** What NFKC and small letters turn into one of some characters: `１` for `1`, `Ｚ` and `Z` for `z`. */
function otherShapes(wanted: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [first, last] of shapeBlocks) {
    for (let code = first; code <= last; code += 1) {
      const shape = String.fromCodePoint(code);
      const plain = shape.normalize('NFKC').toLowerCase();
      if (plain !== shape && wanted.has(plain)) found.set(plain, [...(found.get(plain) ?? []), shape]);
    }
  }
  return found;
}

const isLatin = (characters: readonly string[]): boolean => /^[A-Za-z]+$/.test(characters.join(''));
const isDigit = (character: string): boolean => /^\d$/.test(character);

function classOf(character: string, shapes: ReadonlyMap<string, readonly string[]>): string {
  const plain = character.toLowerCase();
  const chinese = isDigit(plain) ? Array.from(chineseDigits[Number(plain)] ?? '') : [];
  const all = new Set([character, plain, plain.toUpperCase(), ...(shapes.get(plain) ?? []), ...chinese]);
  return `[${[...all].filter((one) => Array.from(one).length === 1).join('')}]`;
}

/** Whether a word is long enough to be looked for in texts: two Chinese characters, three letters, or five with a digit among them. */
export function isBlottable(word: string): boolean {
  const characters = charactersOf(word);
  const shortest = characters.some(isDigit) ? 5 : isLatin(characters) ? 3 : 2;
  return characters.length >= shortest;
}

/**
 * A regular expression for each of some words that finds it however it is spelled. Each character stands for all that NFKC makes of
 * it and for its capital; a digit also for the Chinese one. Between them there may be what people put there. What may be between is
 * never what may follow, and there are few of it: the work grows with the text and no faster.
 */
export function spelledPatterns(words: readonly string[]): readonly string[] {
  const spelled = words.map((word) => charactersOf(word));
  const shapes = otherShapes(new Set(spelled.flat().map((character) => character.toLowerCase())));
  return spelled.map((characters) => {
    const classes = characters.map((character) => classOf(character, shapes));
    const numeric = characters.some(isDigit);
    const gap = numeric && characters.length >= shortestParted ? betweenDigits : betweenCharacters;
    const pattern = classes.join(gap);
    // A name in letters is not part of a longer word: `Li Na` does not stand in `Salina`.
    return isLatin(characters) ? `(?<![A-Za-z])${pattern}(?![A-Za-z])` : pattern;
  });
}
