import type { AuditEvent, RecordAuditEvent } from '../audit/audit-event.ts';
import type { Department } from '../departments/department.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { staffFaults, staffMemberInvalid } from './staff-faults.ts';
import { changedStaffFields } from './staff-member.ts';
import type { StaffMember, StaffOutcome } from './staff-member.ts';
import type { StaffStore } from './staff-member.store.ts';

/** What saving needs from outside. */
export interface SaveStaffMemberDeps {
  readonly staff: Pick<StaffStore, 'find' | 'save'>;
  readonly findDepartment: (code: string) => Promise<Department | null>;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly translate: Translate;
}

/** Who saves: an account id or `system`. */
export interface StaffSavedBy {
  readonly actor: string;
  readonly requestId?: string;
  /** Language of what is said about faults; Simplified Chinese when left out. */
  readonly locale?: Locale;
}

/** Adds or changes a member of staff by number. */
export type SaveStaffMember = (member: StaffMember, by: StaffSavedBy) => Promise<StaffOutcome>;

/** Saves a member of staff: what is equal is not written, a change is audited before and after. Throws `staff_member_invalid`. */
export function createSaveStaffMember(deps: SaveStaffMemberDeps): SaveStaffMember {
  return async (member, { locale = 'zh-Hans', ...by }) => {
    const before = await deps.staff.find(member.staffNumber);
    const fields = changedStaffFields(before, member);
    if (fields.length === 0) return 'unchanged';
    const faults = staffFaults(member, await deps.findDepartment(member.departmentCode), before);
    if (faults.length > 0) throw staffMemberInvalid(faults, deps.translate, locale);
    const event: Omit<AuditEvent, 'at' | 'outcome'> = {
      ...by,
      action: 'staff-member.save',
      subject: `staff-member/${member.staffNumber}`,
      fields,
    };
    await deps.recordAuditEvent({ ...event, outcome: 'attempted' });
    await deps.staff.save(member);
    await deps.recordAuditEvent({ ...event, outcome: 'succeeded' });
    return before ? 'changed' : 'new';
  };
}
