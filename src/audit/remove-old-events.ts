import type { HospitalTime } from '../shared/hospital-time.ts';
import { addDays, laterDay } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { RecordAuditEvent } from './audit-event.ts';
import type { AuditEventStore } from './audit-event.store.ts';
import { headsBy, readSeal } from './audit-seal.ts';
import type { AuditSealStore } from './audit-seal.store.ts';
import type { AuditStateStore } from './audit-state.store.ts';
import type { AuditMac } from './chained-event.ts';
import { readRemovedUpTo } from './removed-up-to.ts';

/** What removing needs. */
export interface RemoveOldEventsDeps {
  readonly events: Pick<AuditEventStore, 'chains' | 'removeUpTo' | 'removeBeforeChain'>;
  readonly seals: Pick<AuditSealStore, 'all'>;
  readonly states: AuditStateStore;
  readonly mac: AuditMac;
  readonly hospitalTime: HospitalTime;
  readonly recordAuditEvent: RecordAuditEvent;
  /** At least 180. */
  readonly retentionDays: number;
}

/** Removes the events of whole sealed days that are older than the retention. Resolves to how many were removed. */
export type RemoveOldEvents = (now: Date) => Promise<number>;

/**
 * Builds the removal. The day is noted first, under a code: an interruption leaves events that may go, never a hole. What remains
 * is verified from the heads of that day's seal on; seals are never removed. A note that was forged stops the removal.
 */
export function createRemoveOldEvents(deps: RemoveOldEventsDeps): RemoveOldEvents {
  return async (now) => {
    const keptFrom = addDays(deps.hospitalTime.dateOf(now), -deps.retentionDays);
    const seals = (await deps.seals.all()).flatMap((value) => readSeal(value, deps.mac) ?? []);
    const { day: noted, problem } = readRemovedUpTo(await deps.states.get('removed-up-to'));
    if (problem) return 0;
    const upTo = laterDay(noted, seals.findLast(({ day }) => day < keptFrom)?.day ?? null);
    let removed = await deps.events.removeBeforeChain(deps.hospitalTime.momentOf(keptFrom, '00:00'));
    if (upTo !== null) {
      if (upTo !== noted) await deps.states.put('removed-up-to', upTo);
      removed += await removeUpTo(deps, upTo, seals);
    }
    if (removed > 0) {
      const subject = `audit-events/${upTo ?? keptFrom}`;
      await deps.recordAuditEvent({ actor: 'system', action: 'audit.remove', subject, outcome: 'succeeded' });
    }
    return removed;
  };
}

async function removeUpTo(
  { events }: RemoveOldEventsDeps,
  day: CalendarDate,
  seals: Parameters<typeof headsBy>[0],
): Promise<number> {
  const heads = headsBy(seals, day);
  let removed = 0;
  for (const chain of await events.chains()) {
    const head = heads.get(chain);
    if (head) removed += await events.removeUpTo(head);
  }
  return removed;
}
