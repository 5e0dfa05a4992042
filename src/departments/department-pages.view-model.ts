import type { FieldFault } from '../shared/form-field.ts';
import type { Translate } from '../shared/i18n.ts';
import { textIn } from '../shared/localized-text.ts';
import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import type { DepartmentOverview } from './department-overview.ts';

/** The language of a page's words. */
export interface PageWords {
  readonly t: Translate;
  readonly locale: Locale;
}

/** What was typed into one of the forms of a department's page, by field. */
export type TypedFields = Readonly<Record<string, string>>;

/** What a department's page shows beside the department. */
export interface DepartmentPageState {
  /** Which form was sent, or null for a fresh page. */
  readonly form: 'rename' | 'merge' | 'close' | null;
  readonly typed: TypedFields;
  readonly faults: readonly FieldFault[];
  readonly done: 'rename' | 'merge' | 'close' | 'unmerge' | 'added' | 'saved' | null;
}

/** A page nothing has been sent from. */
export const freshPage: DepartmentPageState = { form: null, typed: {}, faults: [], done: null };

const hrefOf = (code: string): string => `/admin/departments/${code}`;

function stateOf({ open, merged, until }: DepartmentOverview, { t, locale }: PageWords): string {
  if (!open) return t(locale, `departments:state.${merged ? 'merged' : 'closed'}`);
  return until === null
    ? t(locale, 'departments:state.open')
    : t(locale, 'departments:state.closing', { day: until });
}

/** The list of all departments, the open ones first. */
export function departmentListModel(all: readonly DepartmentOverview[], words: PageWords): object {
  const { t, locale } = words;
  const shown = all.toSorted((a, b) => Number(b.open) - Number(a.open));
  return {
    departments: shown.map((one) => ({
      href: hrefOf(one.code),
      code: one.code,
      name: textIn(one.name, locale),
      kind: t(locale, `departments:kind.${one.kind}`),
      campus: one.campus ? textIn(one.campus, locale) : '',
      units: one.nursingUnits.filter(({ active }) => active).length,
      recipients: one.recipients.length,
      open: one.open,
      state: stateOf(one, words),
    })),
  };
}

/** Everything that happened to a department's name and to its being open, newest first. */
function historyOf(
  one: DepartmentOverview,
  nameOf: (code: string) => string,
  { t, locale }: PageWords,
): readonly { readonly day: string; readonly text: string }[] {
  const say = (key: string, name: string): string => t(locale, `departments:history.${key}`, { name });
  const name = (text: LocalizedText): string => textIn(text, locale);
  const events = [
    ...one.names.map((dated) => ({ day: dated.from, text: say('named', name(dated.name)) })),
    ...(one.from === null ? [] : [{ day: one.from, text: say('opened', '') }]),
    ...(one.merged ? [{ day: one.merged.from, text: say('merged', nameOf(one.merged.into)) }] : []),
    ...(one.until !== null && !one.merged ? [{ day: one.until, text: say('closed', '') }] : []),
    ...one.mergedHere.map(({ code, from }) => ({ day: from, text: say('mergedHere', nameOf(code)) })),
  ];
  return events.toSorted((a, b) => (a.day < b.day ? 1 : -1));
}

/** One department: what is stored of it, its history, and the forms that rename, merge and close it. */
export function departmentModel(
  one: DepartmentOverview,
  all: readonly DepartmentOverview[],
  state: DepartmentPageState & { readonly today: string },
  words: PageWords,
): object {
  const { t, locale } = words;
  const nameOf = (code: string): string => {
    const found = all.find((other) => other.code === code);
    return found ? textIn(found.name, locale) : code;
  };
  const typed = (form: string, field: string, fallback: string): string =>
    state.form === form ? (state.typed[field] ?? '') : fallback;
  const fault = (form: string, field: string): string | null =>
    (state.form === form && state.faults.find((found) => found.field === field)?.text) || null;
  const into = typed('merge', 'into', '');
  return {
    code: one.code,
    name: textIn(one.name, locale),
    kind: t(locale, `departments:kind.${one.kind}`),
    campus: one.campus ? textIn(one.campus, locale) : null,
    state: stateOf(one, words),
    open: one.open,
    done: state.done && t(locale, `departments:done.${state.done}`),
    errors: state.faults,
    units: one.nursingUnits.map(({ code, name, active }) => ({ code, name: textIn(name, locale), active })),
    recipients: one.recipients.map(({ name, role, email }) => ({
      name,
      role: t(locale, `departments:role.${role}`),
      email,
    })),
    history: historyOf(one, nameOf, words),
    merged: one.merged && {
      name: nameOf(one.merged.into),
      href: hrefOf(one.merged.into),
      day: one.merged.from,
    },
    action: hrefOf(one.code),
    editHref: `${hrefOf(one.code)}/edit`,
    rename: {
      name: typed('rename', 'name', one.name['zh-Hans']),
      nameHant: typed('rename', 'nameHant', one.name['zh-Hant'] ?? ''),
      nameEn: typed('rename', 'nameEn', one.name.en ?? ''),
      from: typed('rename', 'from', state.today),
      nameFault: fault('rename', 'name'),
      fromFault: fault('rename', 'from'),
    },
    merge: {
      from: typed('merge', 'from', state.today),
      intoFault: fault('merge', 'into'),
      fromFault: fault('merge', 'from'),
      choices: all
        .filter((other) => other.open && other.code !== one.code)
        .map(({ code, name }) => ({ code, name: textIn(name, locale), selected: code === into })),
    },
    close: { until: typed('close', 'until', one.until ?? ''), untilFault: fault('close', 'until') },
  };
}
