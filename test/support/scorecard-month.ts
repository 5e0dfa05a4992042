import { createCatalogue } from '../../src/survey-forms/catalogue.ts';
import { dimensionPart } from '../../src/survey-forms/survey-form.ts';
import type { SurveyForm, SurveyFormCatalogue, SurveyItem } from '../../src/survey-forms/survey-form.ts';
import type {
  ItemTally,
  PeriodTally,
  ResponseTally,
  SurveyMode,
  Verification,
} from '../../src/survey-responses/survey-response.ts';
import type { CallTally } from '../../src/follow-up-calls/follow-up-call.ts';
import { locales } from '../../src/shared/localized-text.ts';
import type { LocalizedText } from '../../src/shared/localized-text.ts';

/** Some equal answers: `count` responses that chose the same options. */
export interface Answers {
  readonly count: number;
  readonly departmentCode?: string;
  readonly form?: SurveyForm;
  readonly mode?: SurveyMode;
  readonly verification?: Verification;
  readonly completeness?: 'complete' | 'partial';
  /** Item code → option code. */
  readonly chosen: Readonly<Record<string, string>>;
  readonly receivedAt?: Date;
}

/** The same words in all languages. */
export function words(text: string): LocalizedText {
  return { 'zh-Hans': text, 'zh-Hant': text, en: text };
}

const option = (code: string, score: number | null, level: 'top' | 'satisfied' | 'other' | 'na') => ({
  code,
  text: words(code),
  score,
  satisfied: level === 'top' || level === 'satisfied',
  topBox: level === 'top',
  notApplicable: level === 'na',
});

/** An item with the options very, good, poor and not-applicable; `goodScore` is what good is worth. */
export function item(code: string, changes: Partial<SurveyItem> = {}, goodScore: number = 75): SurveyItem {
  return {
    code,
    kind: 'choice',
    dimension: 'service',
    responsibleUnit: 'department',
    required: false,
    appliesToAll: true,
    confidential: false,
    scored: true,
    text: words(`${code}?`),
    label: words(code),
    options: [
      option('very', 100, 'top'),
      option('good', goodScore, 'satisfied'),
      option('poor', 0, 'other'),
      option('not-applicable', null, 'na'),
    ],
    ...changes,
  };
}

/** A form of these items. */
export function form(id: string, version: number, items: readonly SurveyItem[]): SurveyForm {
  return {
    id,
    version,
    patientGroup: id,
    patientGroupName: words(id),
    effectiveFrom: `2026-0${version}-01`,
    title: words(id),
    introduction: words(id),
    satisfiedRule: words('very and good count as satisfied'),
    items,
    contentHash: `${id}@${version}`,
  };
}

const billing = { fixed: 'billing', name: words('Billing office') };

const outpatientItems = (goodScore: number): readonly SurveyItem[] => [
  item('attitude', {}, goodScore),
  item('waiting'),
  item('clear', { dimension: 'quality' }),
  item('charges', { dimension: 'ethics', responsibleUnit: billing }),
  item('red-packet', { dimension: 'ethics', confidential: true, scored: false }),
  item('overall', { dimension: 'overall' }),
];

/** Outpatient form, version 1: good is worth 75. */
export const outpatient1: SurveyForm = form('outpatient', 1, outpatientItems(75));

/** Version 2: in the item `attitude` good is worth 60. */
export const outpatient2: SurveyForm = form('outpatient', 2, outpatientItems(60));

/** The form of the second patient group. */
export const discharged: SurveyForm = form('discharged', 1, [
  item('nurse', { responsibleUnit: 'nursing-unit' }),
  item('overall', { dimension: 'overall' }),
]);

/** The three forms above. */
export const catalogue: SurveyFormCatalogue = createCatalogue(
  [outpatient1, outpatient2, discharged],
  locales,
);

function partsOf(answered: SurveyForm, chosen: Answers['chosen']): readonly string[] {
  const parts = answered.items
    .filter(({ code, scored, confidential, options }) => {
      const given = options.find((one) => one.code === chosen[code]);
      return given !== undefined && !given.notApplicable && scored && !confidential;
    })
    .map(dimensionPart);
  return [...new Set(parts)].toSorted();
}

const usual = {
  departmentCode: 'cardiology',
  form: outpatient1,
  mode: 'web',
  verification: 'none',
  completeness: 'complete',
} as const;

/** The counts of these answers, as a month's tally gives them: confidential answers are in none. */
export function tallyOf(answers: readonly Answers[]): PeriodTally {
  const items: ItemTally[] = [];
  const responses: ResponseTally[] = [];
  for (const group of answers) {
    const { chosen, form: answered, completeness, ...rest } = { ...usual, ...group };
    const common = {
      departmentCode: rest.departmentCode,
      patientGroup: answered.patientGroup,
      formId: answered.id,
      formVersion: answered.version,
      mode: rest.mode,
      verification: rest.verification,
      count: rest.count,
    };
    responses.push({ ...common, completeness, validDimensions: partsOf(answered, chosen) });
    if (completeness === 'partial') continue;
    for (const { code, confidential } of answered.items) {
      const picked = chosen[code];
      if (picked !== undefined && !confidential) items.push({ ...common, item: code, option: picked });
    }
  }
  return { items, responses };
}

/** A month's calls of a department; `classes` left out are 0. */
export function callTally(
  departmentCode: string,
  classes: Partial<CallTally['classes']>,
  changes: Partial<CallTally> = {},
): CallTally {
  const all = { I: 0, P: 0, R: 0, NC: 0, O: 0, UH: 0, UO: 0, NE: 0, ...classes };
  const calls = Object.values(all).reduce((sum, n) => sum + n, 0);
  return {
    departmentCode,
    period: '2026-10',
    discharges: calls,
    calls,
    attempted: calls,
    open: 0,
    classes: all,
    clinicallyFollowedUp: 0,
    ...changes,
  };
}
