import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { calendarFaults } from './calendar-faults.ts';
import { changedFieldsOf } from './calendar-year.ts';
import type { CalendarYearContent } from './calendar-year.ts';
import type { CalendarYearStore } from './calendar-year.store.ts';

/** What saving needs. */
export interface SaveCalendarYearDeps {
  readonly store: Pick<CalendarYearStore, 'find' | 'putEdited'>;
  /** Makes this process see the change at once. */
  readonly reload: () => Promise<void>;
  readonly clock: Clock;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly translate: Translate;
}

/** A year as somebody wants it, who, and which version was seen (`undefined`: whichever stands). */
export interface CalendarYearEdit {
  readonly year: number;
  readonly content: CalendarYearContent;
  readonly seen?: Date | null;
  readonly actor: string;
  readonly requestId: string;
  readonly locale: Locale;
}

/** Saves a year of the calendar; from then on it is the hospital's and no installation replaces it. */
export type SaveCalendarYear = (edit: CalendarYearEdit) => Promise<void>;

/**
 * Saves what differs, audited before and after, in force at once. A month that is closed stays closed, whatever becomes of its
 * closing day. Throws `calendar_invalid` with every fault, and `calendar_changed` (conflict) when another has saved the year since
 * it was seen.
 */
export function createSaveCalendarYear(deps: SaveCalendarYearDeps): SaveCalendarYear {
  return async (edit) => {
    const { year, content, actor, requestId } = edit;
    checkContent(deps, edit);
    const before = await deps.store.find(year);
    const stands = before?.updatedAt ?? null;
    if (!isSeen(edit.seen, stands)) throw calendarChanged();
    const fields = changedFieldsOf(before?.year ?? null, content);
    if (before && fields.length === 0) return;
    const event = { actor, action: 'calendar.save', subject: `calendar/${year}`, fields, requestId };
    await deps.recordAuditEvent({ ...event, outcome: 'attempted' });
    const saved = await deps.store.putEdited({ ...content, year }, deps.clock.now(), stands);
    await deps.reload();
    await deps.recordAuditEvent({ ...event, outcome: saved ? 'succeeded' : 'failed' });
    if (!saved) throw calendarChanged();
  };
}

function isSeen(seen: CalendarYearEdit['seen'], stands: Date | null): boolean {
  return seen === undefined || seen?.getTime() === stands?.getTime();
}

function checkContent(
  { translate }: Pick<SaveCalendarYearDeps, 'translate'>,
  { year, content, locale }: CalendarYearEdit,
): void {
  const errors = calendarFaults(year, content).map(({ list, index, code, date }) => ({
    pointer: `/${list}/${index}${list === 'holidays' ? '/date' : ''}`,
    detail: translate(locale, `calendar:fault.${code}`, { date, year }),
    code,
  }));
  if (errors.length === 0) return;
  throw new DomainError('invalid', 'calendar_invalid', 'Some days are not right.', { errors });
}

function calendarChanged(): DomainError {
  return new DomainError('conflict', 'calendar_changed', 'Another person has changed this year.');
}
