import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { addDays } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { apiKeyName, draftFaults } from './api-key.ts';
import type { ApiKey, ApiKeyDraft, KeyLifetime } from './api-key.ts';
import type { ApiKeyStore } from './api-key.store.ts';

/** Who makes or ends a key. */
export interface KeyActor {
  readonly accountId: string;
  readonly displayName: string;
  readonly requestId: string;
  readonly locale: Locale;
}

/** What making a key needs. */
export interface CreateApiKeyDeps {
  readonly keys: Pick<ApiKeyStore, 'insert'>;
  readonly newToken: () => { readonly id: string; readonly token: string };
  readonly tokenHash: (token: string) => string;
  readonly clock: Clock;
  readonly hospitalTime: Pick<HospitalTime, 'dateOf' | 'momentOf'>;
  readonly lifetime: KeyLifetime;
  readonly translate: Translate;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** A new key. `token` is shown this once: nobody can read it again. */
export interface CreatedApiKey {
  readonly key: ApiKey;
  readonly token: string;
}

/** Makes a key. */
export type CreateApiKey = (draft: ApiKeyDraft, by: KeyActor) => Promise<CreatedApiKey>;

/** The moment a day of the hospital ends. */
export function endOf(day: CalendarDate, { momentOf }: Pick<HospitalTime, 'momentOf'>): Date {
  return momentOf(addDays(day, 1), '00:00');
}

/**
 * Making a key that works up to the end of its last day. Throws `api_key_refused` (invalid) with each fault's pointer. The
 * audit event names the scopes.
 */
export function createCreateApiKey(deps: CreateApiKeyDeps): CreateApiKey {
  return async (draft, by) => {
    const now = deps.clock.now();
    const today = deps.hospitalTime.dateOf(now);
    const faults = draftFaults(draft, today, deps.lifetime);
    if (faults.length > 0) {
      const values = { days: deps.lifetime.maxDays };
      const errors = faults.map(({ field, code }) => ({
        pointer: `/${field}`,
        code,
        detail: deps.translate(by.locale, `api-keys:fault.${code}`, values),
      }));
      throw new DomainError('invalid', 'api_key_refused', 'The key cannot be made like this.', { errors });
    }
    const { id, token } = deps.newToken();
    const expiresOn = draft.expiresOn ?? addDays(today, deps.lifetime.defaultDays);
    const key: ApiKey = {
      id,
      name: draft.name.trim(),
      scopes: [...new Set(draft.scopes)],
      hash: deps.tokenHash(token),
      createdAt: now,
      createdBy: by.accountId,
      createdByName: by.displayName,
      expiresOn,
      expiresAt: endOf(expiresOn, deps.hospitalTime),
      revokedAt: null,
      lastUsedAt: null,
      lastUsedFrom: null,
      audited: [],
    };
    const { accountId: actor, requestId } = by;
    const event = { actor, action: 'api-key.create', subject: apiKeyName(id), requestId, fields: key.scopes };
    // Before the key exists: a key nobody knows of must not be.
    await deps.recordAuditEvent({ ...event, outcome: 'attempted' });
    await deps.keys.insert(key);
    await deps.recordAuditEvent({ ...event, outcome: 'succeeded' });
    return { key, token };
  };
}
