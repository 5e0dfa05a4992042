import type { HospitalTime } from '../shared/hospital-time.ts';
import { addDays } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { CallRules, DayPart } from './call-rules.ts';
import { ruleOf } from './disposition.ts';
import type { DispositionCode } from './disposition.ts';
import { isFinal } from './outcome.ts';

/** The part of an attempt that decides the next one. */
export interface PastAttempt {
  readonly disposition: DispositionCode;
  readonly startedAt: Date;
  readonly callBackAt: Date | null;
}

/** When the next attempt may start, or why there is none. */
export type NextAttempt =
  | { readonly kind: 'at'; readonly at: Date }
  | { readonly kind: 'none'; readonly because: 'final' | 'max-attempts' | 'window' };

/** What decides the next attempt besides the attempts made. */
export interface AttemptFrame {
  readonly dueOn: CalendarDate;
  readonly closesOn: CalendarDate;
  readonly rules: CallRules;
  readonly time: HospitalTime;
  /** Days on which nobody is called; left out: none. */
  readonly isQuietDay?: ((date: CalendarDate) => boolean) | undefined;
}

/** `HH:MM` of a moment in the hospital. */
function clockTime(moment: Date, time: HospitalTime): string {
  return time.format(moment).slice(11);
}

/** The time of day in which a moment lies, or undefined at noon, in the evening and at night. */
export function dayPartOf(moment: Date, rules: CallRules, time: HospitalTime): DayPart | undefined {
  const at = clockTime(moment, time);
  return rules.dayParts.find((part) => part.from <= at && at < part.until);
}

interface Slot {
  readonly part: DayPart;
  readonly at: Date;
}

/** What is left of a day's calling times from a moment on. */
function slotsOf(date: CalendarDate, from: Date, frame: AttemptFrame): readonly Slot[] {
  return frame.rules.dayParts.flatMap((part) => {
    const starts = frame.time.momentOf(date, part.from);
    const at = starts > from ? starts : from;
    return at < frame.time.momentOf(date, part.until) ? [{ part, at }] : [];
  });
}

interface Wish {
  readonly from: Date;
  /** Agreed with the patient: the same time of day again is what was asked for. */
  readonly agreed: boolean;
}

/** The slot of a day that was tried least, the earliest of equals; never one already tried on that day. */
function bestSlot(
  date: CalendarDate,
  wish: Wish,
  past: readonly PastAttempt[],
  frame: AttemptFrame,
): Date | undefined {
  const { rules, time } = frame;
  const uses = (part: DayPart, onDay?: CalendarDate): number =>
    past.filter(
      ({ startedAt }) =>
        dayPartOf(startedAt, rules, time) === part &&
        (onDay === undefined || time.dateOf(startedAt) === onDay),
    ).length;
  const slots = slotsOf(date, wish.from, frame);
  if (wish.agreed) return slots[0]?.at;
  return slots
    .filter(({ part }) => uses(part, date) === 0)
    .toSorted((a, b) => uses(a.part) - uses(b.part) || a.at.getTime() - b.at.getTime())[0]?.at;
}

/** The first moment that the last attempt and the calling window leave open. */
function wishOf(past: readonly PastAttempt[], now: Date, frame: AttemptFrame): Wish {
  const { rules, time } = frame;
  const last = past.at(-1);
  const opens = time.momentOf(frame.dueOn, '00:00');
  const floor = opens > now ? opens : now;
  if (last === undefined) return { from: floor, agreed: false };
  const { retry } = ruleOf(last.disposition);
  if (last.callBackAt) {
    return { from: last.callBackAt > floor ? last.callBackAt : floor, agreed: true };
  }
  const spacing = rules.spacingDays[Math.min(past.length, rules.spacingDays.length) - 1] ?? 0;
  const days = retry === 'next-day-part' ? 0 : retry === 'once-more' ? Math.max(spacing, 1) : spacing;
  const spaced = addDays(time.dateOf(last.startedAt), days);
  const day = spaced > frame.closesOn ? frame.closesOn : spaced;
  const from = time.momentOf(day, '00:00');
  return { from: from > floor ? from : floor, agreed: false };
}

/**
 * When a call may be tried next: inside the window and the hours, never twice in the same part of the same day, at the
 * agreed time if there is one, never on a quiet day (除夕 to 初二), spread over days and parts of the day, and never more often than the rules allow. Never
 * earlier for a later `now`. Example: discharged on the 1st, unanswered on the 3rd at 10:00 → the 3rd at 14:00.
 */
export function nextAttempt(past: readonly PastAttempt[], now: Date, frame: AttemptFrame): NextAttempt {
  const results = past.map(({ disposition, startedAt }) => ({
    disposition,
    on: frame.time.dateOf(startedAt),
  }));
  if (isFinal(results)) return { kind: 'none', because: 'final' };
  if (past.length >= frame.rules.maxAttempts) return { kind: 'none', because: 'max-attempts' };
  const wish = wishOf(past, now, frame);
  for (let date = frame.time.dateOf(wish.from); date <= frame.closesOn; date = addDays(date, 1)) {
    const at = frame.isQuietDay?.(date) ? undefined : bestSlot(date, wish, past, frame);
    if (at) return { kind: 'at', at };
  }
  return { kind: 'none', because: 'window' };
}

/** Whether a time agreed with the patient can be kept: inside the calling hours and the window, on no quiet day. */
export function canCallAt(moment: Date, frame: AttemptFrame): boolean {
  const date = frame.time.dateOf(moment);
  return (
    date >= frame.dueOn &&
    date <= frame.closesOn &&
    !frame.isQuietDay?.(date) &&
    dayPartOf(moment, frame.rules, frame.time) !== undefined
  );
}
