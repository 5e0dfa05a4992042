import { DomainError } from '../shared/domain-error.ts';
import type { FieldError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { openWithin } from './department-record.ts';
import type { DepartmentRecord } from './department-record.ts';
import type { Department } from './department.ts';

/** What can be wrong with a well-formed department or a merger; each has words under `departments:fault`. */
export type DepartmentFaultCode =
  | 'until_before_from'
  | 'until_of_merger'
  | 'nursing_unit_taken'
  | 'target_unknown'
  | 'target_itself'
  | 'target_closed'
  | 'merger_circle'
  | 'day_past'
  | 'merged_already';

/** One fault and its place. */
export interface DepartmentFault {
  readonly pointer: string;
  readonly code: DepartmentFaultCode;
}

/** Every fault of a department beside all the others, as they stand on a day. A closed department's nursing units are free for others. */
export function departmentFaults(
  department: Department,
  others: readonly Pick<DepartmentRecord, 'code' | 'nursingUnits' | 'active' | 'from' | 'until'>[],
  today: CalendarDate,
): readonly DepartmentFault[] {
  const { code, from, until, nursingUnits } = department;
  const taken = new Set(
    others
      .filter((other) => other.code !== code && openWithin(other, today, '9999-12-31'))
      .flatMap((other) => other.nursingUnits.map((unit) => unit.code)),
  );
  return [
    ...(from !== null && until !== null && until < from
      ? [{ pointer: '/until', code: 'until_before_from' } as const]
      : []),
    ...nursingUnits.flatMap((unit, index) =>
      taken.has(unit.code)
        ? [{ pointer: `/nursingUnits/${index}/code`, code: 'nursing_unit_taken' } as const]
        : [],
    ),
  ];
}

/** The faults in the person's language. */
export function faultTexts(
  faults: readonly DepartmentFault[],
  translate: Translate,
  locale: Locale,
): readonly FieldError[] {
  return faults.map(({ pointer, code }) => ({
    pointer,
    code,
    detail: translate(locale, `departments:fault.${code}`),
  }));
}

/** The faults as an error a form or a client can show. */
export function departmentInvalid(errors: readonly FieldError[]): DomainError {
  return new DomainError('invalid', 'department_invalid', 'The department cannot be saved like this.', {
    errors,
  });
}
