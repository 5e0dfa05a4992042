import type { CalendarDate } from '../shared/reporting-period.ts';

/** 岗位: what a member of staff does, for praise, awards and statistics; never a permission. */
export const staffPosts = [
  'doctor',
  'nurse',
  'technician',
  'pharmacist',
  'cashier',
  'administrator',
  'logistics',
  'other',
] as const;

/** 医师, 护士, 技师, 药师, 收费, 管理, 后勤, 其他. */
export type StaffPost = (typeof staffPosts)[number];

/**
 * 职工: a person of the hospital, with or without an account. `staffNumber` (工号) never changes and never passes to somebody else.
 * The person works from `from` (null: always) and no longer from the day `until` on (null: still here).
 */
export interface StaffMember {
  readonly staffNumber: string;
  readonly name: string;
  readonly post: StaffPost;
  readonly departmentCode: string;
  /** Code of a nursing unit of the department, or null. */
  readonly nursingUnitCode: string | null;
  readonly from: CalendarDate | null;
  readonly until: CalendarDate | null;
}

/** What patients may see of somebody they praise, with the number by which the choice is kept. */
export type Colleague = Pick<StaffMember, 'staffNumber' | 'name' | 'post'>;

/** What a save did to a member of staff. */
export type StaffOutcome = 'new' | 'changed' | 'unchanged';

/** Whether the person works here on a day: from `from`, and no longer on `until`. */
export function worksOn({ from, until }: Pick<StaffMember, 'from' | 'until'>, day: CalendarDate): boolean {
  return (from === null || from <= day) && (until === null || day < until);
}

const fields = ['name', 'post', 'departmentCode', 'nursingUnitCode', 'from', 'until'] as const;

/** The names of the fields a save would change; `staffNumber` for somebody new. */
export function changedStaffFields(before: StaffMember | null, after: StaffMember): readonly string[] {
  return before ? fields.filter((field) => before[field] !== after[field]) : ['staffNumber'];
}

/** Name, post and number of those given, and nothing else. */
export function colleagueOf({ staffNumber, name, post }: StaffMember): Colleague {
  return { staffNumber, name, post };
}
