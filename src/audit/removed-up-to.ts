import { isCalendarDate } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { AuditStateStore } from './audit-state.store.ts';
import type { TrailProblem } from './trail-check.ts';

type Note = Awaited<ReturnType<AuditStateStore['get']>>;

/** Up to which sealed day events were removed because their time was over; a note that is not ours is a problem. */
export function readRemovedUpTo(note: Note): {
  readonly day: CalendarDate | null;
  readonly problem: TrailProblem | null;
} {
  if (note === null) return { day: null, problem: null };
  const day = note === 'forged' ? null : note.value;
  if (typeof day === 'string' && isCalendarDate(day)) return { day, problem: null };
  return { day: null, problem: { kind: 'seal-forged', place: 'removed-up-to', count: 1 } };
}
