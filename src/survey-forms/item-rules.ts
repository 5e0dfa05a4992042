import { locales } from '../shared/localized-text.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { Fault } from './form-problem.ts';
import { fixedUnitOf } from './survey-form.ts';
import type { SurveyItem, SurveyOption } from './survey-form.ts';

type ItemRule = (item: SurveyItem, pointer: string) => readonly Fault[];

const optionCode = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const maxCodeLength = 40;

/** Most answers to the first of two spoken questions: nobody remembers more. */
const maxBranches = 4;

/** Longest label of an item: it stands in the subject of a mail and in the first column of a table. */
const maxLabelLength: Readonly<Record<Locale, number>> = { 'zh-Hans': 12, 'zh-Hant': 12, en: 32 };

/** Whether a code may name an item: lower-case words joined by hyphens, a letter first, at most 40 characters. */
export function isItemCode(code: string): boolean {
  return isOptionCode(code) && /^[a-z]/.test(code);
}

/** Whether a code may name an option: as an item's code, but it may start with a digit, such as `10`. */
export function isOptionCode(code: string): boolean {
  return code.length <= maxCodeLength && optionCode.test(code);
}

/** The strings that stand in the list more than once, with the place of each repetition. */
export function repeated(values: readonly string[]): readonly { value: string; index: number }[] {
  return values
    .map((value, index) => ({ value, index }))
    .filter(({ value, index }) => values.indexOf(value) !== index);
}

function levelsOf(item: SurveyItem): readonly SurveyOption[] {
  return item.options.filter(({ notApplicable }) => !notApplicable);
}

const codes: ItemRule = (item, pointer) => {
  const faults: Fault[] = [];
  if (!isItemCode(item.code)) {
    const message = `The item code ${item.code} is not allowed. Use lower-case letters, digits and hyphens, a letter first, at most ${maxCodeLength}.`;
    faults.push({ pointer: `${pointer}/code`, code: 'item_code', message });
  }
  const unit = fixedUnitOf(item);
  if (unit !== null && !isItemCode(unit)) {
    const message = `The responsible unit ${unit} of item ${item.code} is not allowed. Use a code as for items.`;
    faults.push({ pointer: `${pointer}/responsibleUnit/fixed`, code: 'unit_code', message });
  }
  for (const [index, option] of item.options.entries()) {
    if (isOptionCode(option.code)) continue;
    const message = `The option code ${option.code} of item ${item.code} is not allowed. Use lower-case letters, digits and hyphens, at most ${maxCodeLength}.`;
    faults.push({ pointer: `${pointer}/options/${index}/code`, code: 'option_code', message });
  }
  for (const { value, index } of repeated(item.options.map(({ code }) => code))) {
    const message = `Item ${item.code} has the option code ${value} twice. Give every option its own code.`;
    faults.push({ pointer: `${pointer}/options/${index}/code`, code: 'option_code_repeated', message });
  }
  return faults;
};

const optionCount: ItemRule = (item, pointer) => {
  if (item.kind !== 'choice') {
    if (item.options.length === 0) return [];
    const message = `Item ${item.code} takes free words, so it has no options. Remove them or make it a choice.`;
    return [{ pointer: `${pointer}/options`, code: 'text_with_options', message }];
  }
  if (levelsOf(item).length >= 2) return [];
  const message = `Item ${item.code} offers fewer than two answers besides "not applicable". Add options.`;
  return [{ pointer: `${pointer}/options`, code: 'too_few_options', message }];
};

const scores: ItemRule = (item, pointer) =>
  item.options.flatMap((option, index): Fault[] => {
    const at = `${pointer}/options/${index}/score`;
    const name = `Option ${option.code} of item ${item.code}`;
    if (option.notApplicable) {
      const message = `${name} means "not applicable", so it has no score and is neither satisfied nor top box. Remove them.`;
      const clean = option.score === null && !option.satisfied && !option.topBox;
      return clean ? [] : [{ pointer: at, code: 'not_applicable_scored', message }];
    }
    if (!item.scored) return [];
    if (option.score === null) {
      const message = `${name} has no score. Give it one from 0 to 100, state the order of the scale, or mark the item "scored": false.`;
      return [{ pointer: at, code: 'score_missing', message }];
    }
    if (option.score >= 0 && option.score <= 100) return [];
    return [
      { pointer: at, code: 'score_range', message: `The score of ${name} must lie between 0 and 100.` },
    ];
  });

/** Whether a marked option scores lower than an unmarked one. */
function marksWorse(levels: readonly SurveyOption[], marked: (option: SurveyOption) => boolean): boolean {
  const scoresWhere = (wanted: boolean): number[] =>
    levels.filter((option) => marked(option) === wanted).map(({ score }) => score ?? 0);
  return Math.min(...scoresWhere(true)) < Math.max(...scoresWhere(false));
}

const marks: ItemRule = (item, pointer) => {
  const levels = levelsOf(item);
  if (!item.scored || levels.length < 2) return [];
  const at = `${pointer}/options`;
  const faults: Fault[] = [];
  const add = (code: string, message: string): number => faults.push({ pointer: at, code, message });
  if (!levels.some(({ topBox }) => topBox))
    add('top_box_missing', `Item ${item.code} marks no best option. Mark it "topBox": true.`);
  if (levels.some(({ topBox, satisfied }) => topBox && !satisfied))
    add('top_box_unsatisfied', `A top-box option of item ${item.code} is not marked satisfied. Mark it so.`);
  if (marksWorse(levels, ({ satisfied }) => satisfied))
    add('satisfied_order', `In item ${item.code} a satisfied option scores lower than an unsatisfied one.`);
  if (marksWorse(levels, ({ topBox }) => topBox))
    add('top_box_order', `In item ${item.code} a top-box option scores lower than another one.`);
  return faults;
};

const confidential: ItemRule = (item, pointer) => {
  if (!item.confidential) return [];
  if (item.kind === 'choice' && item.dimension !== 'overall' && !item.required) return [];
  const message = `Item ${item.code} is confidential: it must be a choice, not required, and outside the overall dimension.`;
  return [{ pointer: `${pointer}/confidential`, code: 'confidential_item', message }];
};

const unfolding: ItemRule = (item, pointer) => {
  if (!item.unfolding) return [];
  const at = `${pointer}/unfolding`;
  const faults: Fault[] = [];
  if (item.unfolding.branches.length > maxBranches) {
    const message = `The first question of item ${item.code} has more than ${maxBranches} answers. Join some of them.`;
    faults.push({ pointer: `${at}/branches`, code: 'unfolding_branches', message });
  }
  const reached = item.unfolding.branches.flatMap(({ options }) => options).toSorted();
  const levels = levelsOf(item).map(({ code }) => code);
  if (reached.join(' ') !== levels.toSorted().join(' ')) {
    const message = `The two-step question of item ${item.code} must lead to every option once, except "not applicable".`;
    faults.push({ pointer: at, code: 'unfolding_options', message });
  }
  if (
    item.unfolding.branches.some(({ question, options }) => (question === null) !== (options.length === 1))
  ) {
    const message = `In the two-step question of item ${item.code} a branch has a second question exactly when it leads to several options.`;
    faults.push({ pointer: at, code: 'unfolding_question', message });
  }
  return faults;
};

const label: ItemRule = (item, pointer) =>
  locales.flatMap((locale) => {
    const longest = maxLabelLength[locale];
    if (Array.from(item.label[locale] ?? '').length <= longest) return [];
    const message = `The label of item ${item.code} in ${locale} is longer than ${longest} characters. Name the item in fewer words.`;
    return [{ pointer: `${pointer}/label/${locale}`, code: 'label_too_long', message }];
  });

const rules: readonly ItemRule[] = [label, codes, optionCount, scores, marks, confidential, unfolding];

/** Everything that is wrong with one item by itself. */
export function itemFaults(item: SurveyItem, pointer: string): readonly Fault[] {
  return rules.flatMap((rule) => rule(item, pointer));
}
