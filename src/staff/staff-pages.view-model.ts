import type { Department, NursingUnit } from '../departments/department.ts';
import { faultSentences } from '../shared/form-field.ts';
import type { FieldFault, FormChoices, FormField } from '../shared/form-field.ts';
import type { Translate } from '../shared/i18n.ts';
import { textIn } from '../shared/localized-text.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { StaffPage, StaffWanted } from './list-staff.ts';
import { staffPosts, worksOn } from './staff-member.ts';
import type { StaffMember } from './staff-member.ts';

/** The language of a page's words, the departments it names, and the day it is read on. */
export interface StaffPageContext {
  readonly t: Translate;
  readonly locale: Locale;
  readonly departments: readonly Department[];
  readonly today: string;
}

/** What a form of a member of staff holds, as text. */
export type StaffFields = Readonly<Record<keyof StaffMember, string>>;

/** A form nobody has typed into. */
export const emptyStaffFields: StaffFields = {
  staffNumber: '',
  name: '',
  post: '',
  departmentCode: '',
  nursingUnitCode: '',
  from: '',
  until: '',
};

/** A member of staff as the form shows it. */
export function staffFieldsOf({ nursingUnitCode, from, until, ...rest }: StaffMember): StaffFields {
  return { ...rest, nursingUnitCode: nursingUnitCode ?? '', from: from ?? '', until: until ?? '' };
}

/** Address of somebody's page. */
export const staffHref = (staffNumber: string): string => `/admin/staff/${staffNumber}`;

function stateOf(member: StaffMember, { t, locale, today }: StaffPageContext): string {
  const { from, until } = member;
  if (from !== null && from > today) return t(locale, 'staff-members:state.future', { day: from });
  if (!worksOn(member, today)) return t(locale, 'staff-members:state.left');
  return until === null
    ? t(locale, 'staff-members:state.active')
    : t(locale, 'staff-members:state.leaving', { day: until });
}

function departmentName(code: string, { departments, locale }: StaffPageContext): string {
  const found = departments.find((department) => department.code === code);
  return found ? textIn(found.name, locale) : code;
}

function addressOf({ department, text, all, after }: StaffWanted): string {
  const query = new URLSearchParams({
    ...(text === undefined ? {} : { text }),
    ...(department === undefined ? {} : { department }),
    ...(all ? { all: 'true' } : {}),
    ...(after === undefined ? {} : { after }),
  }).toString();
  return query === '' ? '/admin/staff' : `/admin/staff?${query}`;
}

/** The register with its filters, and the address it has with them. */
export function staffListModel(
  { items, next }: StaffPage,
  wanted: StaffWanted,
  mayManage: boolean,
  context: StaffPageContext,
): { readonly path: string; readonly model: object } {
  const { t, locale, departments, today } = context;
  const { after: _after, ...filters } = wanted;
  const model = {
    mayManage,
    filter: { text: wanted.text ?? '', all: wanted.all },
    departments: departments.map(({ code, name }) => ({
      code,
      name: textIn(name, locale),
      selected: code === wanted.department,
    })),
    staff: items.map((member) => ({
      href: staffHref(member.staffNumber),
      staffNumber: member.staffNumber,
      name: member.name,
      post: t(locale, `staff-members:post.${member.post}`),
      department: departmentName(member.departmentCode, context),
      active: worksOn(member, today),
      state: stateOf(member, context),
    })),
    firstHref: wanted.after === undefined ? null : addressOf(filters),
    nextHref: next === null ? null : addressOf({ ...filters, after: next }),
  };
  return { path: addressOf(wanted), model };
}

/** What is stored but can no longer be chosen stays the choice until another is made. */
function keeping(groups: readonly FormChoices[], value: string): readonly FormChoices[] {
  const known = groups.some(({ choices }) => choices.some(({ selected }) => selected));
  return known || value === ''
    ? groups
    : [...groups, { heading: '', choices: [{ value, label: value, selected: true }] }];
}

function choicesOf(fields: StaffFields, context: StaffPageContext) {
  const { t, locale } = context;
  const offered = context.departments.filter(({ active, code }) => active || code === fields.departmentCode);
  const none = (key: string, value: string): FormChoices => ({
    heading: '',
    choices: [{ value: '', label: t(locale, `staff-members:form.${key}`), selected: value === '' }],
  });
  const plain = (key: string, value: string, options: readonly (readonly [string, string])[]) =>
    keeping(
      [
        none(key, value),
        {
          heading: '',
          choices: options.map(([code, label]) => ({ value: code, label, selected: code === value })),
        },
      ],
      value,
    );
  const unitOffered = ({ active, code }: NursingUnit): boolean => active || code === fields.nursingUnitCode;
  const units = offered
    .filter(({ nursingUnits }) => nursingUnits.some(unitOffered))
    .map(({ name, nursingUnits }) => ({
      heading: textIn(name, locale),
      choices: nursingUnits.filter(unitOffered).map((unit) => ({
        value: unit.code,
        label: textIn(unit.name, locale),
        selected: unit.code === fields.nursingUnitCode,
      })),
    }));
  return {
    post: plain(
      'choose',
      fields.post,
      staffPosts.map((post) => [post, t(locale, `staff-members:post.${post}`)]),
    ),
    departmentCode: plain(
      'choose',
      fields.departmentCode,
      offered.map(({ code, name }) => [code, textIn(name, locale)]),
    ),
    nursingUnitCode: keeping([none('noUnit', fields.nursingUnitCode), ...units], fields.nursingUnitCode),
  };
}

/** The form of a member of staff; the number stands in it only while somebody is added. */
export function staffFormModel(
  fields: StaffFields,
  faults: readonly FieldFault[],
  { isNew }: { readonly isNew: boolean },
  context: StaffPageContext,
): { readonly errors: readonly object[]; readonly fields: readonly FormField[] } {
  const { t, locale } = context;
  const choices: Readonly<Partial<Record<string, readonly FormChoices[]>>> = choicesOf(fields, context);
  const hints = new Set(['staffNumber', 'name', 'nursingUnitCode', 'from', 'until']);
  const shown = (Object.keys(emptyStaffFields) as (keyof StaffMember)[])
    .filter((id) => isNew || id !== 'staffNumber')
    .map((id): FormField => ({
      id,
      label: t(locale, `staff-members:field.${id}`),
      hint: hints.has(id) ? t(locale, `staff-members:hint.${id}`) : null,
      type: id === 'from' || id === 'until' ? 'date' : 'text',
      value: fields[id],
      maxLength: id === 'staffNumber' ? 32 : 60,
      required: ['staffNumber', 'name', 'post', 'departmentCode'].includes(id),
      fault: faults.find(({ field }) => field === id)?.text ?? null,
      groups: choices[id] ?? null,
    }));
  const labelOf = (field: string): string | null => shown.find(({ id }) => id === field)?.label ?? null;
  return { errors: faultSentences(faults, labelOf, context), fields: shown };
}

/** What is known of a member of staff, for everybody who may read the register. */
export function staffFactsModel(member: StaffMember, context: StaffPageContext): object {
  const { t, locale, departments, today } = context;
  const units = departments.flatMap(({ nursingUnits }) => nursingUnits);
  const unit = units.find(({ code }) => code === member.nursingUnitCode);
  return {
    staffNumber: member.staffNumber,
    name: member.name,
    action: staffHref(member.staffNumber),
    post: t(locale, `staff-members:post.${member.post}`),
    department: departmentName(member.departmentCode, context),
    unit: unit ? textIn(unit.name, locale) : member.nursingUnitCode,
    from: member.from,
    until: member.until,
    active: worksOn(member, today),
    state: stateOf(member, context),
    mayEnd: member.until === null || member.until > today,
  };
}
