import { faultSentences } from '../shared/form-field.ts';
import type { FieldFault, FormField } from '../shared/form-field.ts';
import { textIn } from '../shared/localized-text.ts';
import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import { rowNumbers } from './department-form.ts';
import type { RowKind, TypedDepartment } from './department-form.ts';
import type { PageWords } from './department-pages.view-model.ts';
import { departmentKinds, recipientRoles } from './department.ts';

/** Which department the form is of; null: of a new one. */
export type FormSubject = { readonly code: string; readonly name: LocalizedText } | null;

/** What the form shows: its texts, what was typed, what is wrong, and the languages a scorecard can be written in. */
export interface DepartmentFormState {
  readonly typed: TypedDepartment;
  readonly faults: readonly FieldFault[];
  readonly languages: readonly Locale[];
}

type Field = (id: string, key: string, rest?: Partial<FormField>) => FormField;
type Choose = (id: string, options: readonly (readonly [string, string])[]) => FormField['groups'];

function fieldMakers({ typed, faults }: DepartmentFormState, { t, locale }: PageWords) {
  const field: Field = (id, key, rest = {}) => ({
    id,
    label: t(locale, `departments:form.${key}`),
    hint: null,
    type: 'text',
    value: typed[id] ?? '',
    maxLength: 60,
    required: false,
    fault: faults.find((fault) => fault.field === id)?.text ?? null,
    groups: null,
    ...rest,
  });
  const choose: Choose = (id, options) => [
    {
      heading: '',
      choices: [['', t(locale, 'departments:form.choose')] as const, ...options].map(([value, label]) => ({
        value,
        label,
        selected: value === (typed[id] ?? ''),
      })),
    },
  ];
  return { field, choose };
}

/** One recipient or nursing unit of the form; an empty one can be filled in, but not removed. */
interface FormRow {
  readonly legend: string;
  readonly id: string;
  readonly fields: readonly FormField[];
  readonly active: boolean;
  readonly removable: boolean;
  readonly removed: boolean;
}

function rowsOf(
  kind: RowKind,
  { typed }: DepartmentFormState,
  { t, locale }: PageWords,
  fieldsOf: (id: string) => readonly FormField[],
): readonly FormRow[] {
  return rowNumbers(typed, kind).map((row, index) => {
    const id = `${kind}-${row}`;
    const fields = fieldsOf(id);
    return {
      id,
      legend: t(locale, `departments:form.${kind}`, { number: index + 1 }),
      fields,
      active: typed[`${id}-active`] !== undefined,
      removable: fields.some(({ groups, value }) => groups === null && value !== ''),
      removed: typed[`${id}-remove`] !== undefined,
    };
  });
}

/** The form that adds a department or changes its kind, first day, campus, recipients and nursing units. */
export function departmentFormModel(
  subject: FormSubject,
  state: DepartmentFormState,
  words: PageWords,
): object {
  const { t, locale } = words;
  const { field, choose } = fieldMakers(state, words);
  const wordsOf = (group: string, codes: readonly string[]) =>
    codes.map((code) => [code, t(locale, `departments:${group}.${code}`)] as const);
  const kind = field('kind', 'kind', {
    groups: choose('kind', wordsOf('kind', departmentKinds)),
    required: true,
  });
  const named = [
    field('code', 'code', { hint: t(locale, 'departments:form.codeHint'), maxLength: 31, required: true }),
    field('name', 'name', { required: true }),
    field('nameHant', 'nameHant'),
    field('nameEn', 'nameEn'),
  ];
  const opens = field('from', 'from', { type: 'date', hint: t(locale, 'departments:form.fromHint') });
  const campus = [
    field('campus', 'campus', { hint: t(locale, 'departments:form.campusHint') }),
    field('campusHant', 'campusHant'),
    field('campusEn', 'campusEn'),
  ];
  const recipients = rowsOf('recipient', state, words, (id) => [
    field(`${id}-name`, 'personName'),
    field(`${id}-role`, 'role', { groups: choose(`${id}-role`, wordsOf('role', recipientRoles)) }),
    field(`${id}-email`, 'email', { type: 'email', maxLength: 254 }),
    field(`${id}-language`, 'language', {
      groups: choose(`${id}-language`, wordsOf('language', state.languages)),
    }),
  ]);
  const units = rowsOf('unit', state, words, (id) => [
    field(`${id}-code`, 'unitCode', { maxLength: 31 }),
    field(`${id}-name`, 'unitName'),
    field(`${id}-nameHant`, 'nameHant'),
    field(`${id}-nameEn`, 'nameEn'),
  ]);
  const basics = subject ? [kind, opens, ...campus] : [...named, kind, opens, ...campus];
  const labels = new Map([
    ...basics.map(({ id, label }) => [id, label] as const),
    ...[...recipients, ...units].flatMap(({ legend, fields }) =>
      fields.map(({ id, label }) => [id, `${legend} ${label}`] as const),
    ),
  ]);
  return {
    title: subject
      ? t(locale, 'departments:form.editTitle', { name: textIn(subject.name, locale) })
      : t(locale, 'departments:form.addTitle'),
    action: subject ? `/admin/departments/${subject.code}/edit` : '/admin/departments',
    back: subject ? `/admin/departments/${subject.code}` : '/admin/departments',
    backText: subject ? textIn(subject.name, locale) : t(locale, 'departments:page.back'),
    errors: faultSentences(state.faults, (id) => labels.get(id) ?? null, words),
    revision: subject ? state.typed['revision'] : null,
    basics,
    recipients,
    units,
  };
}
