import { DomainError } from '../shared/domain-error.ts';
import type { StaffMember } from './staff-member.ts';
import type { StaffStore } from './staff-member.store.ts';

/** The member of staff with a number, whether working here or not. Throws `staff_member_not_found`. */
export async function findStaffMember(
  staff: Pick<StaffStore, 'find'>,
  staffNumber: string,
): Promise<StaffMember> {
  const member = await staff.find(staffNumber);
  if (!member) throw new DomainError('not-found', 'staff_member_not_found', 'No such member of staff.');
  return member;
}
