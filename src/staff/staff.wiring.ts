import type { Connection } from 'mongoose';
import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Department } from '../departments/department.ts';
import type { Guard, Route } from '../http/route.ts';
import { validate } from '../http/validate.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { FieldError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { createDeactivateStaffMember } from './deactivate-staff-member.ts';
import { createColleaguesByNumber, createListColleagues, createListStaff } from './list-staff.ts';
import type { ListColleagues, ListStaff } from './list-staff.ts';
import { createSaveStaffMember } from './save-staff-member.ts';
import type { SaveStaffMember } from './save-staff-member.ts';
import type { StaffMember } from './staff-member.ts';
import { staffRow } from './staff-member.schema.ts';
import { createStaffRoutes } from './staff-member.routes.ts';
import { createStaffPages } from './staff.pages.ts';
import type { StaffPagesDeps } from './staff.pages.ts';
import type { Colleague } from './staff-member.ts';
import { rememberColleagues } from './remembered-colleagues.ts';
import { createStaffStore } from './staff-member.store.ts';

/** What the staff register needs from outside. */
export interface StaffDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly guard: (action: string) => Guard;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly translate: Translate;
  readonly findDepartment: (code: string) => Promise<Department | null>;
  /** The codes whose people work in a department today: its own, and those merged into it. */
  readonly codesInChargeOf: (departmentCode: string) => Promise<readonly string[]>;
  readonly listDepartments: StaffPagesDeps['listDepartments'];
  readonly shell: StaffPagesDeps['shell'];
  readonly renderPage: StaffPagesDeps['renderPage'];
}

/** The 职工名册: people of the hospital, with or without an account. */
export interface StaffSlice {
  /** From memory: at most a minute old. */
  readonly listColleagues: ListColleagues;
  /** Name, post and number of these, also of those who have left; in the order of their names. */
  readonly colleaguesByNumber: (staffNumbers: readonly string[]) => Promise<readonly Colleague[]>;
  readonly listStaff: ListStaff;
  readonly saveStaffMember: SaveStaffMember;
  /** The whole register, whether working here or not. */
  readonly storedStaff: () => Promise<readonly StaffMember[]>;
  /** A row of a file as a member of staff, or every fault of its shape in the person's language. */
  readonly checkStaffMember: (value: unknown, locale: Locale) => CheckedStaffMember;
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
}

/** A member of staff whose shape is right, or what is wrong with it. */
export type CheckedStaffMember =
  { readonly member: StaffMember } | { readonly faults: readonly FieldError[] };

/** More people than any hospital has. */
const everybody = 100_000;

function checkRow(value: unknown, locale: Locale, translate: Translate): CheckedStaffMember {
  try {
    return { member: validate(staffRow, value, { locale, translate }) as StaffMember };
  } catch (error) {
    if (error instanceof DomainError) return { faults: error.errors };
    throw error;
  }
}

/** Builds the staff register. Defines the collection `staffMembers`. */
export function wireStaff(deps: StaffDeps): StaffSlice {
  const { clock, hospitalTime } = deps;
  const staff = createStaffStore(deps.connection);
  const listStaff = createListStaff({ staff, clock, hospitalTime });
  const saveStaffMember = createSaveStaffMember({ ...deps, staff });
  const deactivateStaffMember = createDeactivateStaffMember({ staff, saveStaffMember, clock, hospitalTime });
  const served = {
    guard: deps.guard,
    staff,
    listStaff,
    saveStaffMember,
    deactivateStaffMember,
    today: () => hospitalTime.dateOf(clock.now()),
  };
  return {
    listColleagues: rememberColleagues(createListColleagues({ ...deps, staff }), deps.clock),
    colleaguesByNumber: createColleaguesByNumber(staff),
    listStaff,
    saveStaffMember,
    storedStaff: () => staff.list({}, everybody),
    checkStaffMember: (value, locale) => checkRow(value, locale, deps.translate),
    routes: createStaffRoutes(served),
    pages: createStaffPages({ ...deps, ...served }),
  };
}
