import { groupBy } from '../shared/group-by.ts';
import type { Locale } from '../shared/localized-text.ts';
import { textIn } from '../shared/localized-text.ts';
import type { SurveyFormCatalogue, SurveyItem } from '../survey-forms/survey-form.ts';
import type { ConfidentialChoice, ConfidentialCount, ReadConfidentialAnswer } from './confidential-answer.ts';
import type { ConfidentialMonth } from './read-confidential-answers.ts';

/** A number of the table, and where its single answers are. */
export interface ConfidentialCell {
  readonly count: number;
  readonly href: string | null;
}

/** One question: its options as columns, the departments as rows, the most answers of the last options first. */
export interface ConfidentialTable {
  readonly question: string;
  readonly options: readonly string[];
  readonly rows: readonly { readonly department: string; readonly cells: readonly ConfidentialCell[] }[];
}

/** What the views need besides the month. */
export interface ConfidentialViewInput {
  readonly catalogue: Pick<SurveyFormCatalogue, 'find'>;
  readonly departments: ReadonlyMap<string, string>;
  readonly locale: Locale;
}

const hrefOf = (period: string, { item, option }: ConfidentialChoice): string =>
  `/confidential-answers?${new URLSearchParams({ period, item, option }).toString()}#answers`;

function itemOf(
  { formId, formVersion, item }: ConfidentialCount,
  catalogue: ConfidentialViewInput['catalogue'],
): SurveyItem | undefined {
  return catalogue.find(formId, formVersion)?.items.find(({ code }) => code === item);
}

function tableOf(
  period: string,
  rows: readonly ConfidentialCount[],
  { catalogue, departments, locale }: ConfidentialViewInput,
): readonly ConfidentialTable[] {
  const [newest] = rows.toSorted((a, b) => b.formVersion - a.formVersion);
  const item = newest && itemOf(newest, catalogue);
  if (!item) return [];
  const byDepartment = [...groupBy(rows, ({ departmentCode }) => departmentCode)].map(([code, own]) => ({
    department: departments.get(code) ?? code,
    cells: item.options.map((option): ConfidentialCell => {
      const count = own.filter((row) => row.option === option.code).reduce((sum, row) => sum + row.count, 0);
      return { count, href: count === 0 ? null : hrefOf(period, { item: item.code, option: option.code }) };
    }),
  }));
  return [
    {
      question: textIn(item.text, locale),
      options: item.options.map(({ text }) => textIn(text, locale)),
      rows: byDepartment.toSorted((a, b) => (a.department < b.department ? -1 : 1)),
    },
  ];
}

/** A table for each confidential question of a month. */
export function confidentialTables(
  { period, counts }: ConfidentialMonth,
  input: ConfidentialViewInput,
): readonly ConfidentialTable[] {
  return [...groupBy(counts, ({ item }) => item).values()].flatMap((rows) => tableOf(period, rows, input));
}

/** The words of a choice: question and option; null when no count of the month has it. */
export function choiceWords(
  { counts }: ConfidentialMonth,
  choice: ConfidentialChoice,
  { catalogue, locale }: ConfidentialViewInput,
): string | null {
  const known = counts.find(({ item, option }) => item === choice.item && option === choice.option);
  const item = known && itemOf(known, catalogue);
  const option = item?.options.find(({ code }) => code === choice.option);
  return item && option ? `${textIn(item.text, locale)} ${textIn(option.text, locale)}` : null;
}

/** A single answer as it is shown: where, and on which day. */
export function confidentialRow(
  { departmentCode, receivedOn: day }: ReadConfidentialAnswer,
  departments: ReadonlyMap<string, string>,
): { readonly department: string; readonly day: string } {
  return { department: departments.get(departmentCode) ?? departmentCode, day };
}
