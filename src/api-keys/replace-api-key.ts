import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { addDays } from '../shared/reporting-period.ts';
import type { Clock } from '../shared/clock.ts';
import { apiKeyName, stateOf, works } from './api-key.ts';
import type { ApiKeyStore } from './api-key.store.ts';
import { endOf } from './create-api-key.ts';
import type { CreateApiKey, CreatedApiKey, KeyActor } from './create-api-key.ts';
import { findApiKey } from './find-api-key.ts';

/** How long the old key works beside the new one, in days of the hospital. */
export const overlapDays = 7;

/** What replacing needs. */
export interface ReplaceApiKeyDeps {
  readonly keys: Pick<ApiKeyStore, 'find' | 'endBy'>;
  readonly createApiKey: CreateApiKey;
  readonly clock: Clock;
  readonly hospitalTime: Pick<HospitalTime, 'dateOf' | 'momentOf'>;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** Replaces a key. */
export type ReplaceApiKey = (id: string, by: KeyActor) => Promise<CreatedApiKey>;

/**
 * A new key with the name and scopes of an old one, which works for 7 days more at most, so that a system can change over
 * without a gap. Throws `api_key_not_found` (not-found), and `api_key_over` (conflict) for a key that works no longer.
 */
export function createReplaceApiKey(deps: ReplaceApiKeyDeps): ReplaceApiKey {
  return async (id, by) => {
    const old = await findApiKey(deps.keys, id);
    const now = deps.clock.now();
    if (!works(stateOf(old, now)))
      throw new DomainError('conflict', 'api_key_over', 'This key works no longer: make a new one.');
    const { accountId: actor, requestId } = by;
    const event = {
      actor,
      action: 'api-key.replace',
      subject: apiKeyName(id),
      requestId,
      fields: ['expiresOn'],
    };
    await deps.recordAuditEvent({ ...event, outcome: 'attempted' });
    const created = await deps.createApiKey({ name: old.name, scopes: old.scopes }, by);
    const expiresOn = addDays(deps.hospitalTime.dateOf(now), overlapDays);
    await deps.keys.endBy(id, { expiresOn, expiresAt: endOf(expiresOn, deps.hospitalTime) });
    await deps.recordAuditEvent({ ...event, outcome: 'succeeded' });
    return created;
  };
}
