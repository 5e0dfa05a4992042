import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import { apiKeyName } from './api-key.ts';
import type { ApiKeyStore } from './api-key.store.ts';
import type { KeyActor } from './create-api-key.ts';
import { findApiKey } from './find-api-key.ts';

/** What revoking needs. */
export interface RevokeApiKeyDeps {
  readonly keys: Pick<ApiKeyStore, 'find' | 'revoke'>;
  readonly clock: Clock;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** Ends a key. */
export type RevokeApiKey = (id: string, by: Pick<KeyActor, 'accountId' | 'requestId'>) => Promise<void>;

/**
 * Ends a key at once and for good, on every instance; once more changes nothing. Throws `api_key_not_found` (not-found).
 */
export function createRevokeApiKey(deps: RevokeApiKeyDeps): RevokeApiKey {
  return async (id, { accountId: actor, requestId }) => {
    const { revokedAt } = await findApiKey(deps.keys, id);
    if (revokedAt !== null) return;
    const event = { actor, action: 'api-key.revoke', subject: apiKeyName(id), requestId };
    await deps.recordAuditEvent({ ...event, outcome: 'attempted' });
    await deps.keys.revoke(id, deps.clock.now());
    await deps.recordAuditEvent({ ...event, outcome: 'succeeded' });
  };
}
