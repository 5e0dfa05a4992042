import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { findStaffMember } from './find-staff-member.ts';
import type { SaveStaffMember, StaffSavedBy } from './save-staff-member.ts';
import type { StaffMember } from './staff-member.ts';
import type { StaffStore } from './staff-member.store.ts';

/** What deactivating needs. */
export interface DeactivateStaffMemberDeps {
  readonly staff: Pick<StaffStore, 'find'>;
  readonly saveStaffMember: SaveStaffMember;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
}

/** Ends somebody's work here today. */
export type DeactivateStaffMember = (staffNumber: string, by: StaffSavedBy) => Promise<StaffMember>;

/** From today on the person is no longer listed; twice does no harm. Throws `staff_member_not_found` and what saving throws. */
export function createDeactivateStaffMember(deps: DeactivateStaffMemberDeps): DeactivateStaffMember {
  return async (staffNumber, by) => {
    const member = await findStaffMember(deps.staff, staffNumber);
    const today = deps.hospitalTime.dateOf(deps.clock.now());
    if (member.until !== null && member.until <= today) return member;
    // Somebody who was to begin later never does.
    const from = member.from !== null && member.from > today ? today : member.from;
    const ended = { ...member, from, until: today };
    await deps.saveStaffMember(ended, by);
    return ended;
  };
}
