import { DomainError } from '../shared/domain-error.ts';
import type { SurveyForm, SurveyItem } from '../survey-forms/survey-form.ts';
import { matchColumns, optionOf, plainName } from './column-names.ts';
import type { ColumnNames, MatchedColumns } from './column-names.ts';
import type { ResolveDepartment } from './department-alias.ts';
import type { AnswerMapping } from './answer-mapping.schema.ts';
import type { Table } from './table.ts';
import { readWrittenDate } from './written-date.ts';

/** A row of answers in our terms. */
export interface AnswerFileRow {
  readonly number: number;
  readonly externalId: string;
  readonly answeredOn: string;
  readonly departmentCode: string | null;
  /** The department as written. */
  readonly department: string;
  readonly comment: string;
  readonly answers: Readonly<Record<string, string>>;
  /** Items whose cell means none of their options. */
  readonly unknownOptions: readonly string[];
}

const itemPrefix = 'item.';

const answerable = ({ items }: SurveyForm): readonly SurveyItem[] =>
  items.filter(({ kind }) => kind === 'choice' || kind === 'text');

function namesOf(form: SurveyForm, mapping: AnswerMapping): ColumnNames {
  const items = answerable(form).map(
    ({ code, text }) =>
      [`${itemPrefix}${code}`, [code, ...Object.values(text), ...(mapping.items[code] ?? [])]] as const,
  );
  return { ...Object.fromEntries(items), ...mapping.columns };
}

/**
 * The columns of a file of answers. Throws `import_columns_missing` (invalid) without a date, a department, or any item of the form.
 */
export function answerColumnsOf(
  { header }: Table,
  form: SurveyForm,
  mapping: AnswerMapping,
  missingDetail: (field: string) => string,
): MatchedColumns {
  const matched = matchColumns(header, namesOf(form, mapping));
  const anyItem = [...matched.places.keys()].some((field) => field.startsWith(itemPrefix));
  const missing = [
    ...['answeredOn', 'department'].filter((field) => !matched.places.has(field)),
    ...(anyItem ? [] : ['items']),
  ];
  if (missing.length === 0) return matched;
  const errors = missing.map((field) => {
    return { pointer: `/${field}`, detail: missingDetail(field), code: 'column_missing' };
  });
  throw new DomainError('invalid', 'import_columns_missing', 'Columns are missing in the header.', {
    errors,
  });
}

/** Option code → its texts and what the mapping adds. */
function labelsOf(item: SurveyItem, mapping: AnswerMapping): ColumnNames {
  return Object.fromEntries(
    item.options.map(({ code, text }) => [code, [...Object.values(text), ...(mapping.options[code] ?? [])]]),
  );
}

function readAnswer(item: SurveyItem, written: string, labels: ColumnNames): string | null {
  if (item.kind === 'text') return written;
  const code = optionOf(written, labels);
  return item.options.some((option) => option.code === code) ? code : null;
}

/** The rows of a table in our terms; an empty cell is no answer. */
export function answerRows(
  table: Table,
  { places }: MatchedColumns,
  frame: { readonly form: SurveyForm; readonly mapping: AnswerMapping; readonly resolve: ResolveDepartment },
): readonly AnswerFileRow[] {
  const { form, mapping, resolve } = frame;
  const items = answerable(form).map((item) => ({ item, labels: labelsOf(item, mapping) }));
  return table.rows.map(({ number, cells }) => {
    const at = (field: string): string => (cells[places.get(field) ?? -1] ?? '').trim();
    const given = items.flatMap(({ item, labels }) => {
      const written = at(`${itemPrefix}${item.code}`);
      return written === '' ? [] : [{ code: item.code, answer: readAnswer(item, written, labels) }];
    });
    const [externalId, answeredOn, department, comment] = [
      at('externalId'),
      at('answeredOn'),
      at('department'),
      at('comment'),
    ];
    return {
      number,
      externalId,
      answeredOn: readWrittenDate(answeredOn) ?? answeredOn,
      departmentCode: plainName(department) === '' ? null : resolve(department),
      department: department.slice(0, 60),
      comment: comment.slice(0, 2000),
      answers: Object.fromEntries(
        given.flatMap(({ code, answer }) => (answer === null ? [] : [[code, answer]])),
      ),
      unknownOptions: given.filter(({ answer }) => answer === null).map(({ code }) => code),
    };
  });
}
