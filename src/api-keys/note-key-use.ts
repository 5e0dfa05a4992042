import type { AuditEvent, RecordAuditEvent } from '../audit/audit-event.ts';
import { addressKey } from '../shared/address-key.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { apiKeyName } from './api-key.ts';
import type { ApiKey } from './api-key.ts';
import type { ApiKeyStore } from './api-key.store.ts';

/** The last use is written at most this often, in ms. */
const touchMs = 60_000;

/** What noting that a key was used needs. */
export interface NoteOnceDeps {
  readonly keys: Pick<ApiKeyStore, 'claimAudit' | 'returnAudit'>;
  readonly clock: Clock;
  readonly hospitalTime: Pick<HospitalTime, 'dateOf'>;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** One kind of use: the action it was for, where it came from, and how it ended. */
export interface KindOfUse {
  readonly what: string;
  readonly address: string;
  readonly outcome: AuditEvent['outcome'];
  readonly requestId: string;
}

/** Kinds of use that are told apart by their address on one day: whoever sends a key from everywhere must not fill the audit trail. */
const mostTold = 200;

/** What stands in `audited` for a kind of use: each address is another one, until there are more than any system has. */
function entryOf(
  { clock, hospitalTime }: NoteOnceDeps,
  { audited }: ApiKey,
  { what, outcome, address }: KindOfUse,
): string {
  const day = hospitalTime.dateOf(clock.now());
  const kind = `${day} ${outcome} ${what}`;
  const known = `${kind} ${addressKey(address)}`;
  const toldToday = audited.filter((entry) => entry.startsWith(day)).length;
  return audited.includes(known) || toldToday < mostTold ? known : `${kind} elsewhere`;
}

/** Records a kind of use of a key in the audit trail, the first time on each day of the hospital. */
export async function noteOnce(deps: NoteOnceDeps, key: ApiKey, use: KindOfUse): Promise<void> {
  const { what, outcome, requestId } = use;
  const entry = entryOf(deps, key, use);
  if (key.audited.includes(entry) || !(await deps.keys.claimAudit(key.id, entry))) return;
  const name = apiKeyName(key.id);
  try {
    await deps.recordAuditEvent({
      actor: name,
      action: 'api-key.use',
      subject: name,
      outcome,
      fields: [what],
      requestId,
    });
  } catch (error) {
    await deps.keys.returnAudit(key.id, entry);
    throw error;
  }
}

/** A use of a key at a route. */
export interface KeyUse {
  /** Action of the route's guard. */
  readonly action: string;
  readonly allowed: boolean;
  readonly address: string;
  readonly requestId: string;
}

/** Notes a use of a key that works. */
export type NoteKeyUse = (key: ApiKey, use: KeyUse) => Promise<void>;

/**
 * Notes when and from where a key was last used, at most once a minute, and records its first use of a day for each action from
 * each address, also one that its scopes do not cover. A key that polls writes nothing in between.
 */
export function createNoteKeyUse(
  deps: NoteOnceDeps & { readonly keys: Pick<ApiKeyStore, 'touch'> },
): NoteKeyUse {
  return async (key, { action, allowed, address, requestId }) => {
    const at = deps.clock.now();
    // A clock that was set back must not keep the last use in the future.
    const age = Math.abs(at.getTime() - (key.lastUsedAt?.getTime() ?? 0));
    if (key.lastUsedAt === null || age >= touchMs)
      await deps.keys.touch(key.id, key.lastUsedAt, { at, from: address });
    const outcome = allowed ? 'succeeded' : 'refused';
    await noteOnce(deps, key, { what: action, address, outcome, requestId });
  };
}
