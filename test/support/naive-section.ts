import { dimensions, fixedUnitOf } from '../../src/survey-forms/survey-form.ts';
import type { Dimension, SurveyItem, SurveyOption } from '../../src/survey-forms/survey-form.ts';
import { suppressSplit } from '../../src/statistics/suppression.ts';
import type { Answers } from './scorecard-month.ts';
import { discharged, outpatient1, outpatient2 } from './scorecard-month.ts';

/** The figures of one item. */
interface NaiveFigures {
  readonly n: number;
  readonly satisfied: number;
  readonly topBox: number;
  readonly meanScore: number | null;
}

/** A section as one would count it by hand. */
export interface NaiveSection {
  readonly complete: number;
  readonly partial: number;
  readonly items: readonly {
    readonly code: string;
    readonly own: NaiveFigures & { readonly options: Readonly<Record<string, number>> };
    readonly hospital: NaiveFigures;
  }[];
  readonly dimensions: readonly {
    readonly dimension: Dimension;
    readonly n: number;
    readonly hospitalN: number;
  }[];
}

interface Unit {
  readonly code: string;
  readonly scope: string;
}

/** Answers given one by one, with everything said. */
type Given = Answers & { readonly form: typeof outpatient1; readonly departmentCode: string };

const total = (answers: readonly Given[]): number => answers.reduce((sum, { count }) => sum + count, 0);

const itemOf = ({ form }: Given, code: string): SurveyItem | undefined =>
  form.items.find((item) => item.code === code);

function optionOf(given: Given, code: string): SurveyOption | undefined {
  return itemOf(given, code)?.options.find((option) => option.code === given.chosen[code]);
}

const isValid = (given: Given, code: string): boolean => optionOf(given, code)?.notApplicable === false;

const isSmall = (n: number): boolean => n >= 1 && n <= 4;

/** Without the departments whose 1–4 valid answers the others' published figures would lay bare. */
function mayCount(answers: readonly Given[], counts: (given: Given) => boolean): readonly Given[] {
  const codes = [...new Set(answers.map(({ departmentCode }) => departmentCode))];
  const ns = codes.map((code) =>
    total(answers.filter((given) => given.departmentCode === code && counts(given))),
  );
  const hidden = suppressSplit(ns);
  if (ns.every((n, index) => isSmall(n) === hidden[index])) return answers;
  return answers.filter(({ departmentCode }) => !isSmall(ns[codes.indexOf(departmentCode)] ?? 0));
}

function figures(answers: readonly Given[], code: string): NaiveFigures {
  const valid = answers.filter((given) => isValid(given, code));
  const n = total(valid);
  const scored = valid.reduce((sum, given) => sum + (optionOf(given, code)?.score ?? 0) * given.count, 0);
  return {
    n,
    satisfied: total(valid.filter((given) => optionOf(given, code)?.satisfied)),
    topBox: total(valid.filter((given) => optionOf(given, code)?.topBox)),
    meanScore: n === 0 ? null : Number((scored / n).toFixed(9)),
  };
}

function isShown(item: SurveyItem, { code, scope }: Unit): boolean {
  const fixed = fixedUnitOf(item);
  if (item.confidential) return false;
  return scope === 'hospital' || fixed === (scope === 'own' ? null : code);
}

function itemsOf(
  shown: readonly SurveyItem[],
  complete: readonly Given[],
  unit: Unit,
): NaiveSection['items'] {
  return shown.flatMap((item) => {
    const { code } = item;
    const answered = complete.filter((given) => given.chosen[code] !== undefined);
    const all = fixedUnitOf(item) === null ? mayCount(answered, (given) => isValid(given, code)) : answered;
    const mine = { own: answered.filter((one) => one.departmentCode === unit.code), hospital: all };
    const own = mine[unit.scope as 'own' | 'hospital'] ?? answered;
    if (own.length === 0) return [];
    const options: Record<string, number> = {};
    for (const given of own) {
      const option = given.chosen[code] ?? '';
      options[option] = (options[option] ?? 0) + given.count;
    }
    return [{ code, own: { ...figures(own, code), options }, hospital: figures(all, code) }];
  });
}

function dimensionsOf(
  shown: readonly SurveyItem[],
  given: readonly Given[],
  unit: Unit,
  valued: ReadonlySet<string>,
): NaiveSection['dimensions'] {
  return dimensions.flatMap((dimension) => {
    const items = shown.filter((item) => item.dimension === dimension);
    if (!items.some(({ code }) => valued.has(code))) return [];
    const counts = (one: Given): boolean =>
      one.completeness !== 'partial' && items.some(({ code }) => isValid(one, code));
    const all = unit.scope === 'fixed-unit' ? given : mayCount(given, counts);
    const own = unit.scope === 'own' ? given.filter((one) => one.departmentCode === unit.code) : all;
    return [{ dimension, n: total(own.filter(counts)), hospitalN: total(all.filter(counts)) }];
  });
}

/** One section counted by walking through all answers for each figure; null when there is nothing to show. */
export function naiveSection(answers: readonly Answers[], group: string, unit: Unit): NaiveSection | null {
  const given = answers
    .map((one) => ({ form: outpatient1, departmentCode: 'cardiology', ...one }))
    .filter(({ form }) => form.patientGroup === group);
  const form = group === 'discharged' ? discharged : outpatient2;
  const shown = form.items.filter((item) => isShown(item, unit));
  const complete = given.filter((one) => one.completeness !== 'partial');
  const behind =
    unit.scope === 'own'
      ? given.filter((one) => one.departmentCode === unit.code)
      : given.filter((one) => unit.scope === 'hospital' || shown.some(({ code }) => isValid(one, code)));
  const items = itemsOf(shown, complete, unit);
  if (behind.length === 0 || (unit.scope === 'fixed-unit' && items.length === 0)) return null;
  const valued = new Set(items.filter(({ own }) => own.meanScore !== null).map(({ code }) => code));
  return {
    complete: total(behind.filter((one) => one.completeness !== 'partial')),
    partial: total(behind.filter((one) => one.completeness === 'partial')),
    items,
    dimensions: dimensionsOf(shown, given, unit, valued),
  };
}
