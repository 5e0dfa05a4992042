import type { Department } from '../departments/department.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { FieldError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { StaffMember } from './staff-member.ts';

/** What can be wrong with a well-formed member of staff; each has words under `staff-members:fault`. */
export type StaffFaultCode = 'unknown_department' | 'unknown_nursing_unit' | 'until_before_from';

/** One fault of one field. */
export interface StaffFault {
  readonly field: keyof StaffMember;
  readonly code: StaffFaultCode;
}

/** What is wrong with where somebody works: nothing, when that is where they are known to work. */
function placeFaults(
  { departmentCode, nursingUnitCode }: StaffMember,
  department: Pick<Department, 'nursingUnits'> | null,
  before: StaffMember | null,
): readonly StaffFault[] {
  const departmentKept = before?.departmentCode === departmentCode;
  if (department === null) {
    return departmentKept ? [] : [{ field: 'departmentCode', code: 'unknown_department' }];
  }
  const unitKept = departmentKept && before.nursingUnitCode === nursingUnitCode;
  if (nursingUnitCode === null || unitKept) return [];
  return department.nursingUnits.some(({ code }) => code === nursingUnitCode)
    ? []
    : [{ field: 'nursingUnitCode', code: 'unknown_nursing_unit' }];
}

/**
 * Every fault of a member of staff; `department` is the one the code names, or null. Where somebody is known to work already is not
 * asked about again: a nursing unit that was moved or removed since must not keep anybody from leaving.
 */
export function staffFaults(
  member: StaffMember,
  department: Pick<Department, 'nursingUnits'> | null,
  before: StaffMember | null,
): readonly StaffFault[] {
  const { from, until } = member;
  return [
    ...placeFaults(member, department, before),
    ...(from !== null && until !== null && until < from
      ? [{ field: 'until', code: 'until_before_from' } as const]
      : []),
  ];
}

/** The faults in the person's language, as an error a form or a client can show. */
export function staffMemberInvalid(
  faults: readonly StaffFault[],
  translate: Translate,
  locale: Locale,
): DomainError {
  const errors = faults.map(({ field, code }): FieldError => ({
    pointer: `/${field}`,
    code,
    detail: translate(locale, `staff-members:fault.${code}`),
  }));
  return new DomainError(
    'invalid',
    'staff_member_invalid',
    'The member of staff cannot be saved like this.',
    {
      errors,
    },
  );
}
