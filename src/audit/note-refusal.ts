import type { NoteRefusal } from '../http/watched-route.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { AuditedDeps } from './audited.ts';

/** What noting needs. */
export interface NoteRefusalDeps extends AuditedDeps {
  readonly clock: Clock;
  readonly hospitalTime: Pick<HospitalTime, 'dateOf'>;
}

/**
 * Notes that somebody was refused at a line of the route table: of each person and line the first time on each day of the hospital
 * in this process, so that nobody fills the trail. What cannot be kept is refused all the same, and noted the next time.
 */
export function createNoteRefusal(deps: NoteRefusalDeps): NoteRefusal {
  let day: CalendarDate | null = null;
  const noted = new Set<string>();
  return async ({ actor, line: subject, requestId }) => {
    const today = deps.hospitalTime.dateOf(deps.clock.now());
    if (today !== day) noted.clear();
    day = today;
    const entry = `${actor} ${subject}`;
    if (noted.has(entry)) return;
    noted.add(entry);
    const event = { actor, action: 'request.access', subject, requestId };
    try {
      await deps.recordAuditEvent({ ...event, outcome: 'refused' });
    } catch {
      noted.delete(entry);
      deps.onLost(event);
    }
  };
}
