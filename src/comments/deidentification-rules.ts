/** What is taken out of words before a department may read them. */
export const removedKinds = [
  'phone',
  'idNumber',
  'recordNumber',
  'number',
  'account',
  'email',
  'plate',
  'bed',
  'room',
  'date',
  'age',
  'address',
  'patientName',
  'staffName',
] as const;

/** A kind of what is taken out. */
export type RemovedKind = (typeof removedKinds)[number];

/** The rules as the hospital keeps them in `config/privacy/deidentification.json`; lists of words, no patterns. */
export interface DeidentificationFile {
  /** What stands in the place of each kind, such as 【电话】. */
  readonly tokens: Readonly<Record<RemovedKind, string>>;
  /** Surnames of one character, in one text. */
  readonly surnames: string;
  readonly compoundSurnames: readonly string[];
  /** Words that begin or end like a name and are none: 高兴, 责任. */
  readonly notNames: readonly string[];
  /** Characters that are in no given name, in one text: 的, 很. */
  readonly afterNames: string;
  /** Characters that are not the second of a given name, in one text: 和. */
  readonly afterGivenNames: string;
  /** Words that stand behind a name and not in it: 今天, 住院. */
  readonly afterNameWords: readonly string[];
  /** Words after which a patient's name may stand: 患者, 我叫, 我爸. */
  readonly beforePatientNames: readonly string[];
  /** Words that follow the name of a person who is no member of staff: 先生, 阿姨. */
  readonly honorifics: readonly string[];
  /** Words that follow the name of a member of staff: 医生, 护士长. */
  readonly staffTitles: readonly string[];
  /** Characters that may stand between a word and what it announces, in one text. */
  readonly fillers: string;
  readonly beforePhones: readonly string[];
  readonly beforeRecordNumbers: readonly string[];
  readonly beforeAccounts: readonly string[];
  readonly beforeBeds: readonly string[];
  /** What may not follow 床 for it to be a bed of a patient: 床位, 床被子. */
  readonly notAfterBed: readonly string[];
  readonly roomWords: readonly string[];
  /** Units that make a long number an amount. */
  readonly units: readonly string[];
  /** Words that make `5号` a day: 上午, 出院. */
  readonly afterDays: readonly string[];
  readonly beforeAddresses: readonly string[];
  readonly addressEnds: readonly string[];
  /** Words that end like a village and are none: 农村. */
  readonly notVillages: readonly string[];
  /** What may not follow 镇 or 乡: 镇痛. */
  readonly notAfterVillage: readonly string[];
  /** Characters that never belong to the name of a village, in one text. */
  readonly beforeVillages: string;
  /** Provinces on number plates, in one text. */
  readonly plateProvinces: string;
}

/** A list of words to find at a place of a text. */
export interface Words {
  readonly has: (word: string) => boolean;
  /** The characters its words begin and end with: most places of a text need no further look. */
  readonly firsts: ReadonlySet<string>;
  readonly lasts: ReadonlySet<string>;
  readonly longest: number;
}

/** The same rules, ready to be looked up. */
export type DeidentificationRules = {
  readonly [Key in keyof DeidentificationFile]: DeidentificationFile[Key] extends string
    ? ReadonlySet<string>
    : DeidentificationFile[Key] extends readonly string[]
      ? Words
      : DeidentificationFile[Key];
};

/** A list of words, ready to be looked up. */
export function wordsOf(list: readonly string[]): Words {
  const words = new Set(list);
  const spelled = list.map((word) => Array.from(word));
  return {
    has: (word) => words.has(word),
    firsts: new Set(spelled.map((word) => word[0] ?? '')),
    lasts: new Set(spelled.map((word) => word.at(-1) ?? '')),
    longest: Math.max(0, ...spelled.map(({ length }) => length)),
  };
}

const charactersOf = (text: string): ReadonlySet<string> => new Set(Array.from(text));

/** Makes the rules ready. */
export function compileRules(file: DeidentificationFile): DeidentificationRules {
  return {
    tokens: file.tokens,
    surnames: charactersOf(file.surnames),
    compoundSurnames: wordsOf(file.compoundSurnames),
    notNames: wordsOf(file.notNames),
    afterNames: charactersOf(file.afterNames),
    afterGivenNames: charactersOf(file.afterGivenNames),
    afterNameWords: wordsOf(file.afterNameWords),
    beforePatientNames: wordsOf(file.beforePatientNames),
    honorifics: wordsOf(file.honorifics),
    staffTitles: wordsOf(file.staffTitles),
    fillers: charactersOf(file.fillers),
    beforePhones: wordsOf(file.beforePhones),
    beforeRecordNumbers: wordsOf(file.beforeRecordNumbers),
    beforeAccounts: wordsOf(file.beforeAccounts),
    beforeBeds: wordsOf(file.beforeBeds),
    notAfterBed: wordsOf(file.notAfterBed),
    roomWords: wordsOf(file.roomWords),
    units: wordsOf(file.units),
    afterDays: wordsOf(file.afterDays),
    beforeAddresses: wordsOf(file.beforeAddresses),
    addressEnds: wordsOf(file.addressEnds),
    notVillages: wordsOf(file.notVillages),
    notAfterVillage: wordsOf(file.notAfterVillage),
    beforeVillages: charactersOf(file.beforeVillages),
    plateProvinces: charactersOf(file.plateProvinces),
  };
}
