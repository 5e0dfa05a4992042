import type { FieldError } from '../shared/domain-error.ts';
import { textIn } from '../shared/localized-text.ts';
import { roles } from '../shared/principal.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { Account } from './account.ts';
import { maxAssignments } from './account-form.ts';
import type { RoleRow } from './account-form.ts';
import type { DepartmentChoice, Words } from './account-pages.view-model.ts';
import { roleText } from './role-text.view-model.ts';

/** What the form of an account shows. */
export interface AccountFormState {
  /** The account as it is stored; null while it is being opened. */
  readonly account: Account | null;
  /** Account id of whoever looks. */
  readonly viewer: string;
  /** As typed, or as stored when nothing was typed yet. */
  readonly username: string;
  readonly displayName: string;
  readonly rows: readonly RoleRow[];
  /** The version a change is made from. */
  readonly version: number | null;
  /** Rows without a role below those with one. */
  readonly emptyRows: number;
  readonly departments: readonly DepartmentChoice[];
  readonly today: CalendarDate;
  readonly formatTime: (moment: Date) => string;
  /** What is wrong, in the person's language. */
  readonly faults: readonly FieldError[];
  /** An error that is in no field. */
  readonly problem: string | null;
  /** Whether somebody else changed the account while this was typed. */
  readonly changedMeanwhile: boolean;
  readonly done: string | null;
}

const emptyRow = { role: null, departments: [] as readonly string[], from: '', until: '' };

/** The row of a pointer such as `/roles/1/until`; -1 for a fault that lies elsewhere. */
function rowOfPointer(pointer: string): number {
  const row = /^\/roles\/(\d+)/.exec(pointer)?.[1];
  return row === undefined ? -1 : Number(row);
}

function departmentsOf(
  row: { readonly departments: readonly string[] },
  state: AccountFormState,
  { t, locale }: Words,
) {
  const held = new Set(row.departments);
  const known = new Set(state.departments.map(({ code }) => code));
  const strangers = row.departments.filter((code) => code !== 'all' && !known.has(code));
  return [
    { code: 'all', name: t(locale, 'accounts:form.allDepartments'), checked: held.has('all') },
    ...state.departments
      .filter(({ code, active }) => active || held.has(code))
      .map(({ code, name }) => ({ code, name: textIn(name, locale), checked: held.has(code) })),
    ...strangers.map((code) => ({ code, name: code, checked: true })),
  ];
}

function rowModels(state: AccountFormState, words: Words): readonly object[] {
  const { t, locale } = words;
  const count = Math.min(maxAssignments, state.rows.length + state.emptyRows);
  return Array.from({ length: count }, (_, index) => {
    const row = state.rows[index] ?? emptyRow;
    const faults = state.faults.filter(({ pointer }) => rowOfPointer(pointer) === index);
    const wrong = (field: string): boolean => faults.some(({ pointer }) => pointer.includes(`/${field}`));
    const departments = departmentsOf(row, state, words);
    const ticked = departments.filter(({ checked }) => checked).map(({ name }) => name);
    return {
      index,
      legend: t(locale, 'accounts:form.roleNumber', { number: index + 1 }),
      choices: roles.map((role) => ({
        value: role,
        label: t(locale, `accounts:role.${role}`),
        selected: role === row.role,
      })),
      departments,
      ticked: ticked.join(t(locale, 'accounts:accounts.separator')),
      open: wrong('departments'),
      from: row.from,
      until: row.until,
      fromWrong: wrong('from'),
      untilWrong: wrong('until'),
      faults: faults.map(({ detail }) => detail),
    };
  });
}

function stateOf(account: Account, state: AccountFormState) {
  const self = account._id === state.viewer;
  return {
    storedName: account.displayName,
    username: account.username,
    active: account.active,
    self,
    canDisable: account.active && !self,
    canReset: account.active && !self,
    canEnable: !account.active,
    lastLogin: account.lastLoginAt ? state.formatTime(account.lastLoginAt) : null,
  };
}

/** Everything of `accounts/account.html`: opening an account, or one account with its roles and what can be done to it. */
export function accountFormModel(state: AccountFormState, words: Words): object {
  const { t, locale } = words;
  const { account } = state;
  const wrong = (field: string): boolean => state.faults.some(({ pointer }) => pointer === `/${field}`);
  const lead = (pointer: string): string => {
    const row = rowOfPointer(pointer);
    return row === -1 ? '' : t(locale, 'accounts:form.inRole', { number: row + 1 });
  };
  return {
    title: account ? account.displayName : t(locale, 'accounts:accounts.create'),
    action: account ? `/admin/accounts/${account._id}` : '/admin/accounts',
    submit: t(locale, account ? 'accounts:form.save' : 'accounts:accounts.submit'),
    account: account && stateOf(account, state),
    done: state.done && t(locale, `accounts:form.${state.done}`),
    changedMeanwhile: state.changedMeanwhile && account !== null,
    now: account ? account.roles.map((held) => roleText(held, state.departments, state.today, words)) : [],
    errors: [
      ...(state.problem === null ? [] : [{ text: state.problem }]),
      ...state.faults.map(({ pointer, detail }) => ({ text: `${lead(pointer)}${detail}` })),
    ],
    username: state.username,
    usernameWrong: wrong('username'),
    displayName: state.displayName,
    displayNameWrong: wrong('displayName'),
    version: state.version,
    rows: rowModels(state, words),
    canAdd: state.rows.length + state.emptyRows < maxAssignments,
    hints: roles.map((role) => ({
      label: t(locale, `accounts:role.${role}`),
      hint: t(locale, `accounts:roleHint.${role}`),
    })),
  };
}
