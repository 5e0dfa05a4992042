import type { CalendarDate } from '../shared/reporting-period.ts';
import { addDays } from '../shared/reporting-period.ts';

/** A key of a machine client, as it is stored. The key itself is kept nowhere. */
export interface ApiKey {
  /** Stands in the key itself, so that whoever finds one can tell which it is. */
  readonly id: string;
  /** Which system holds it, in the administrator's words. */
  readonly name: string;
  readonly scopes: readonly string[];
  /** SHA-256 of the whole key, hex. */
  readonly hash: string;
  readonly createdAt: Date;
  /** Account id of the administrator who made it, and the name then. */
  readonly createdBy: string;
  readonly createdByName: string;
  /** The last day of the hospital on which it works, and the moment that day ends. */
  readonly expiresOn: CalendarDate;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  /** At most once a minute, and from which address. */
  readonly lastUsedAt: Date | null;
  readonly lastUsedFrom: string | null;
  /** Kinds of use that are in the audit trail, latest last: `2026-11-02 succeeded discharge.write`. */
  readonly audited: readonly string[];
}

/** What can be said of a key. `ending`: it works, and ends within 30 days. */
export type ApiKeyState = 'active' | 'ending' | 'expired' | 'revoked';

const endingDays = 30;
const dayMs = 24 * 3_600_000;

/** The state of a key at a moment; revoked stays revoked. */
export function stateOf(
  { revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>,
  now: Date,
): ApiKeyState {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt <= now) return 'expired';
  return expiresAt.getTime() - now.getTime() <= endingDays * dayMs ? 'ending' : 'active';
}

/** Whether a key in this state opens anything. */
export function works(state: ApiKeyState): boolean {
  return state === 'active' || state === 'ending';
}

/** How a key is named as an actor and as a subject: `api-key/<id>`. */
export function apiKeyName(id: string): string {
  return `api-key/${id}`;
}

/** How long keys live, in days of the hospital. */
export interface KeyLifetime {
  readonly defaultDays: number;
  readonly maxDays: number;
}

/** What an administrator writes of a new key. */
export interface ApiKeyDraft {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Last day; left out: `defaultDays` from today. */
  readonly expiresOn?: CalendarDate | undefined;
}

/** What is wrong with a draft: field and code, in the order of the form. Whether scopes exist is the schema's matter. */
export function draftFaults(
  { name, scopes, expiresOn }: ApiKeyDraft,
  today: CalendarDate,
  { maxDays }: KeyLifetime,
): readonly { readonly field: keyof ApiKeyDraft; readonly code: string }[] {
  const faults: { field: keyof ApiKeyDraft; code: string }[] = [];
  if (name.trim() === '') faults.push({ field: 'name', code: 'name_missing' });
  if (scopes.length === 0) faults.push({ field: 'scopes', code: 'scope_missing' });
  if (expiresOn !== undefined && expiresOn < today) faults.push({ field: 'expiresOn', code: 'expiry_past' });
  if (expiresOn !== undefined && expiresOn > addDays(today, maxDays))
    faults.push({ field: 'expiresOn', code: 'expiry_too_late' });
  return faults;
}
