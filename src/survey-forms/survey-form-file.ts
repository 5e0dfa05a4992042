import { linearScore } from '../statistics/item-score.ts';
import type { LocalizedText } from '../shared/localized-text.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { CallScript } from './call-script.ts';
import type { Fault } from './form-problem.ts';
import type {
  Dimension,
  ItemKind,
  ResponsibleUnit,
  SurveyForm,
  SurveyItem,
  SurveyOption,
  Unfolding,
} from './survey-form.ts';

/** An option as a file writes it. What is left out is false, or for `score` the linear score where an order is stated. */
export interface OptionFile {
  readonly code: string;
  readonly text: LocalizedText;
  readonly score?: number | null | undefined;
  readonly satisfied?: boolean | undefined;
  readonly topBox?: boolean | undefined;
  readonly notApplicable?: boolean | undefined;
}

/** Which end of the list is best. Only a stated order gives scores: copies of one scale come in both orders. */
export type OptionOrder = 'worst-first' | 'best-first';

/** A scale that several items share. */
export interface OptionSetFile {
  /** Simplified Chinese words of which a question with this scale must contain one, to catch a scale copied to the wrong item. */
  readonly stem?: readonly string[] | undefined;
  readonly order?: OptionOrder | undefined;
  readonly options: readonly OptionFile[];
  readonly unfolding?: Unfolding | undefined;
}

/** An item as a file writes it: its options by the name of a set, or written out. */
export interface ItemFile {
  readonly code: string;
  readonly kind: ItemKind;
  readonly dimension: Dimension;
  readonly responsibleUnit: ResponsibleUnit;
  /** Default false. */
  readonly required?: boolean | undefined;
  /** Default: true for a choice item without N/A option, else false. */
  readonly appliesToAll?: boolean | undefined;
  /** Default false. */
  readonly confidential?: boolean | undefined;
  /** Default: true for a choice item, else false. */
  readonly scored?: boolean | undefined;
  readonly text: LocalizedText;
  /** Names the item in headlines, tables and mails: at most 12 Chinese characters. */
  readonly label: LocalizedText;
  readonly script?: LocalizedText | undefined;
  readonly optionSet?: string | undefined;
  readonly order?: OptionOrder | undefined;
  readonly options?: readonly OptionFile[] | undefined;
  /** An N/A option added after those of the set, in the item's own words. */
  readonly notApplicable?: { readonly code: string; readonly text: LocalizedText } | undefined;
  readonly unfolding?: Unfolding | undefined;
}

/** A file of `config/survey-forms/`. */
export interface SurveyFormFile {
  readonly id: string;
  readonly version: number;
  readonly patientGroup: string;
  readonly patientGroupName: LocalizedText;
  readonly effectiveFrom: CalendarDate;
  readonly title: LocalizedText;
  readonly introduction: LocalizedText;
  readonly satisfiedRule: LocalizedText;
  readonly script?: CallScript | undefined;
  readonly optionSets?: Readonly<Record<string, OptionSetFile>> | undefined;
  readonly items: readonly ItemFile[];
}

/** A form without its hash, and what kept the expansion from being whole. */
export interface ExpandedForm {
  readonly form: Omit<SurveyForm, 'contentHash'>;
  readonly faults: readonly Fault[];
}

/** The options with every default written out. The file's scores win over the linear ones. */
function expandOptions(options: readonly OptionFile[], order: OptionOrder | undefined): SurveyOption[] {
  const ranked = options.filter(({ notApplicable }) => notApplicable !== true);
  const levels = ranked.length;
  const linear = (option: OptionFile): number | null => {
    const position = ranked.indexOf(option);
    if (order === undefined || position === -1 || levels < 2) return null;
    return linearScore(order === 'worst-first' ? position + 1 : levels - position, levels);
  };
  return options.map((option) => ({
    code: option.code,
    text: option.text,
    score: option.score === undefined ? linear(option) : option.score,
    satisfied: option.satisfied === true,
    topBox: option.topBox === true,
    notApplicable: option.notApplicable === true,
  }));
}

/** What an item's options are made of: its own list, or the named set plus its own N/A option. */
function optionSourceOf(item: ItemFile, sets: ReadonlyMap<string, OptionSetFile>): OptionSetFile {
  const set = item.optionSet === undefined ? undefined : sets.get(item.optionSet);
  const base = set ?? { order: item.order, options: item.options ?? [] };
  const unfolding = item.unfolding ?? base.unfolding;
  const extra = item.notApplicable ? [{ ...item.notApplicable, notApplicable: true }] : [];
  return { ...base, unfolding, options: [...base.options, ...extra] };
}

function expandItem(item: ItemFile, source: OptionSetFile): SurveyItem {
  const choice = item.kind === 'choice';
  const options = expandOptions(source.options, source.order);
  return {
    code: item.code,
    kind: item.kind,
    dimension: item.dimension,
    responsibleUnit: item.responsibleUnit,
    required: item.required ?? false,
    appliesToAll: item.appliesToAll ?? (choice && !options.some(({ notApplicable }) => notApplicable)),
    confidential: item.confidential ?? false,
    scored: item.scored ?? choice,
    text: item.text,
    label: item.label,
    options: item.scored === false ? options.map((option) => ({ ...option, score: null })) : options,
    ...(item.script && { script: item.script }),
    ...(source.unfolding && { unfolding: source.unfolding }),
  };
}

function faultsOf(item: ItemFile, index: number, sets: ReadonlyMap<string, OptionSetFile>): Fault[] {
  if (item.optionSet === undefined) return [];
  const set = sets.get(item.optionSet);
  const pointer = `/items/${index}`;
  if (!set) {
    const message = `Item ${item.code} names the option set ${item.optionSet}, which the file does not define. Define it under optionSets.`;
    return [{ pointer: `${pointer}/optionSet`, code: 'unknown_option_set', message }];
  }
  if (!set.stem || set.stem.some((word) => item.text['zh-Hans'].includes(word))) return [];
  const message = `The question of item ${item.code} has none of the words ${set.stem.join('、')}, so the scale ${item.optionSet} does not answer it. Choose the right option set or reword the question.`;
  return [{ pointer: `${pointer}/text`, code: 'stem_mismatch', message }];
}

/** The form with its option sets and defaults written out. Total: what cannot be expanded is a fault and the item has no options. */
export function expandSurveyForm(file: SurveyFormFile): ExpandedForm {
  const sets = new Map(Object.entries(file.optionSets ?? {}));
  const form = {
    id: file.id,
    version: file.version,
    patientGroup: file.patientGroup,
    patientGroupName: file.patientGroupName,
    effectiveFrom: file.effectiveFrom,
    title: file.title,
    introduction: file.introduction,
    satisfiedRule: file.satisfiedRule,
    items: file.items.map((item) => expandItem(item, optionSourceOf(item, sets))),
    ...(file.script && { script: file.script }),
  };
  return { form, faults: file.items.flatMap((item, index) => faultsOf(item, index, sets)) };
}
