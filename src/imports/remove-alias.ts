import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { DepartmentAliasStore } from './department-alias.store.ts';

/** What removing a name needs. */
export interface RemoveAliasDeps {
  readonly aliases: Pick<DepartmentAliasStore, 'removeUnmapped'>;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** Removes a name that is mapped to nothing. */
export type RemoveAlias = (
  aliasId: string,
  by: { readonly actor: string; readonly requestId: string },
) => Promise<void>;

/** Builds the use case. The trail has the name's id alone: the name may be a patient's. Throws `alias_not_found` (not-found). */
export function createRemoveAlias(deps: RemoveAliasDeps): RemoveAlias {
  return async (aliasId, { actor, requestId }) => {
    if (!(await deps.aliases.removeUnmapped(aliasId))) {
      throw new DomainError('not-found', 'alias_not_found', 'No such name waits to be mapped.');
    }
    await deps.recordAuditEvent({
      actor,
      action: 'department-alias.remove',
      subject: `department-alias/${aliasId}`,
      outcome: 'succeeded',
      requestId,
    });
  };
}
