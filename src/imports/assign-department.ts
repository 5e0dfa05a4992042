import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import { plainName } from './column-names.ts';
import type { DepartmentNames } from './department-alias.ts';
import type { DepartmentAliasStore } from './department-alias.store.ts';

/** What mapping a name needs. */
export interface AssignDepartmentDeps {
  readonly aliases: Pick<DepartmentAliasStore, 'assign'>;
  readonly departmentNames: () => Promise<readonly DepartmentNames[]>;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Maps a department's name in another system; `departmentCode` null takes the mapping away. */
export type AssignDepartment = (
  mapping: { readonly name: string; readonly departmentCode: string | null },
  by: { readonly actor: string; readonly requestId: string },
) => Promise<void>;

/**
 * Maps a name to a department for all imports to come. Throws `department_not_found` (not-found) and `alias_name_invalid` (invalid)
 * for a name without a letter or digit.
 */
export function createAssignDepartment(deps: AssignDepartmentDeps): AssignDepartment {
  return async ({ name, departmentCode }, { actor, requestId }) => {
    const key = plainName(name);
    if (key === '') throw new DomainError('invalid', 'alias_name_invalid', 'The name holds no letter.');
    const known = (await deps.departmentNames()).some(({ code }) => code === departmentCode);
    if (departmentCode !== null && !known) {
      throw new DomainError('not-found', 'department_not_found', 'No such department.');
    }
    await deps.aliases.assign({
      key,
      id: deps.newId(),
      name: name.trim(),
      departmentCode,
      seenAt: deps.clock.now(),
    });
    await deps.recordAuditEvent({
      actor,
      action: 'department-alias.assign',
      subject: `department/${departmentCode ?? 'none'}`,
      outcome: 'succeeded',
      requestId,
    });
  };
}
