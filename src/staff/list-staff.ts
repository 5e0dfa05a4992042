import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { colleagueOf } from './staff-member.ts';
import type { Colleague, StaffMember } from './staff-member.ts';
import type { StaffStore } from './staff-member.store.ts';

/** What listing needs. */
export interface ListStaffDeps {
  readonly staff: Pick<StaffStore, 'list'>;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
}

/** Which part of the register is wanted. */
export interface StaffWanted {
  readonly department?: string;
  readonly text?: string;
  /** Also who works here no longer, or not yet. */
  readonly all: boolean;
  readonly after?: string;
}

/** One page of the register, by number; `next` is where the following one begins, null at the end. */
export interface StaffPage {
  readonly items: readonly StaffMember[];
  readonly next: string | null;
}

/** Lists the register page by page. */
export type ListStaff = (wanted: StaffWanted) => Promise<StaffPage>;

/** Who works in a department today (also those whose department was merged into it), by name: what a patient picks from to praise somebody. At most 500. */
export type ListColleagues = (departmentCode: string) => Promise<readonly Colleague[]>;

const pageSize = 100;
const mostColleagues = 500;

/** Builds the list of the register. */
export function createListStaff({ staff, clock, hospitalTime }: ListStaffDeps): ListStaff {
  return async ({ department, text, all, after }) => {
    const filter = {
      ...(department === undefined ? {} : { departmentCodes: [department] }),
      ...(text === undefined ? {} : { text }),
      ...(all ? {} : { worksOn: hospitalTime.dateOf(clock.now()) }),
      ...(after === undefined ? {} : { after }),
    };
    const found = await staff.list(filter, pageSize + 1);
    const items = found.slice(0, pageSize);
    return { items, next: found.length > pageSize ? (items.at(-1)?.staffNumber ?? null) : null };
  };
}

/** Builds the list of a department's active colleagues: name, post and number only. */
export function createListColleagues(
  deps: ListStaffDeps & { readonly codesInChargeOf: (departmentCode: string) => Promise<readonly string[]> },
): ListColleagues {
  const byName = new Intl.Collator('zh-Hans');
  return async (departmentCode) => {
    const worksOn = deps.hospitalTime.dateOf(deps.clock.now());
    const departmentCodes = await deps.codesInChargeOf(departmentCode);
    const found = await deps.staff.list({ departmentCodes, worksOn }, mostColleagues);
    return found.map(colleagueOf).toSorted((a, b) => byName.compare(a.name, b.name));
  };
}

/** Builds the look-up of people by their numbers, whether they still work here or not: praise outlives them. */
export function createColleaguesByNumber(
  staff: Pick<StaffStore, 'find'>,
): (staffNumbers: readonly string[]) => Promise<readonly Colleague[]> {
  const byName = new Intl.Collator('zh-Hans');
  return async (staffNumbers) => {
    const found = await Promise.all(staffNumbers.map((staffNumber) => staff.find(staffNumber)));
    return found
      .flatMap((member) => (member ? [colleagueOf(member)] : []))
      .toSorted((a, b) => byName.compare(a.name, b.name));
  };
}
