import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { addressKey } from '../shared/address-key.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { apiKeyName, stateOf, works } from './api-key.ts';
import type { ApiKey } from './api-key.ts';
import type { ApiKeyStore } from './api-key.store.ts';
import { noteOnce } from './note-key-use.ts';
import type { BearerFailureStore } from './bearer-failure.store.ts';

/** Keys that open nothing which one address may send within a window. */
export const maxFailures = 20;
/** Length of the window: 15 minutes, in ms. */
export const windowMs = 15 * 60 * 1000;

/** What looking at a key needs. */
export interface AuthenticateKeyDeps {
  readonly keys: Pick<ApiKeyStore, 'find' | 'claimAudit' | 'returnAudit'>;
  readonly failures: BearerFailureStore;
  readonly tokenId: (token: string) => string | null;
  readonly tokenHash: (token: string) => string;
  readonly sameHash: (one: string, other: string) => boolean;
  readonly clock: Clock;
  readonly hospitalTime: Pick<HospitalTime, 'dateOf'>;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** A key as it came, and with which request. */
export interface SentKey {
  readonly token: string;
  readonly address: string;
  readonly requestId: string;
}

/** Finds the key that was sent. */
export type AuthenticateKey = (sent: SentKey) => Promise<ApiKey>;

async function countFailure(deps: AuthenticateKeyDeps, { address, requestId }: SentKey): Promise<never> {
  const now = deps.clock.now().getTime();
  const endsAt = new Date((Math.floor(now / windowMs) + 1) * windowMs);
  const failures = await deps.failures.count(addressKey(address), endsAt);
  // The first of a window, and the one that reaches the limit: a flood must not fill the audit trail.
  if (failures === 1 || failures === maxFailures + 1) {
    const outcome = failures === 1 ? 'failed' : 'refused';
    const event = { actor: 'anonymous', action: 'api-key.use', subject: apiKeyName('unknown'), requestId };
    await deps.recordAuditEvent({ ...event, outcome });
  }
  if (failures <= maxFailures)
    throw new DomainError('unauthenticated', 'api_key_invalid', 'The API key does not open anything.');
  throw new DomainError('too-many', 'too_many_api_key_failures', 'Too many wrong API keys.', {
    retryAfterSeconds: Math.max(1, Math.ceil((endsAt.getTime() - now) / 1000)),
  });
}

/**
 * Finds the key that was sent. Throws `api_key_invalid` (unauthenticated) alike for one that is misspelt, unknown, revoked or
 * past its last day, and `too_many_api_key_failures` (too-many) instead once an address has sent 20 of them in 15 minutes. A
 * good key is let through whatever its address has sent before: systems behind one address do not lock each other out.
 */
export function createAuthenticateKey(deps: AuthenticateKeyDeps): AuthenticateKey {
  return async (sent) => {
    const id = deps.tokenId(sent.token);
    const found = id === null ? null : await deps.keys.find(id);
    const key = found !== null && deps.sameHash(found.hash, deps.tokenHash(sent.token)) ? found : null;
    if (key === null) return countFailure(deps, sent);
    if (works(stateOf(key, deps.clock.now()))) return key;
    const { address, requestId } = sent;
    await noteOnce(deps, key, { what: 'over', address, outcome: 'refused', requestId });
    return countFailure(deps, sent);
  };
}
