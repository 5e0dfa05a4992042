import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { departmentInvalid, faultTexts } from './department-faults.ts';
import type { DepartmentFault } from './department-faults.ts';
import type { DepartmentRecord } from './department-record.ts';
import type { DepartmentStore } from './department.store.ts';

/** What changing needs from outside. */
export interface ChangeDepartmentDeps {
  readonly store: Pick<DepartmentStore, 'list' | 'find' | 'insert' | 'replace'>;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly translate: Translate;
  /** Called after each change, so that readers in memory see it. */
  readonly forget: () => void;
}

/** Who changes: an account id or `system`. */
export interface SavedBy {
  readonly actor: string;
  readonly requestId?: string;
  /** Language of what is said about faults; Simplified Chinese when left out. */
  readonly locale?: Locale;
}

/** All departments as they will be, when several are saved together; left out: as they are stored. */
export interface Among {
  readonly among?: readonly DepartmentRecord[];
}

/** What a change comes to, once the department and all the others are known. */
export interface Judgement {
  readonly faults: readonly DepartmentFault[];
  /** Names of the fields that change; none: there is nothing to write. */
  readonly fields: readonly string[];
  /** The record to write; its revision follows the one it was judged by. */
  readonly next: DepartmentRecord;
}

/** One kind of change to the department with this code. `judge` throws what makes the change impossible as a whole. */
export interface DepartmentChange {
  readonly code: string;
  readonly action: 'department.save' | 'department.rename' | 'department.merge' | 'department.unmerge';
  readonly judge: (
    before: DepartmentRecord | null,
    all: readonly DepartmentRecord[],
    today: CalendarDate,
  ) => Judgement;
}

const attempts = 5;

/**
 * Writes one change: what is equal is not written, a change is audited before and after, another's change in between is built upon.
 * Gives the record before it and after it. Throws `department_invalid`, and `department_busy` when others keep changing it.
 */
export async function changeDepartment(
  deps: ChangeDepartmentDeps,
  { code, action, judge }: DepartmentChange,
  { locale = 'zh-Hans', among, ...by }: SavedBy & Among,
): Promise<{ readonly before: DepartmentRecord | null; readonly after: DepartmentRecord }> {
  const today = deps.hospitalTime.dateOf(deps.clock.now());
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const before = await deps.store.find(code);
    const { faults, fields, next } = judge(before, among ?? (await deps.store.list()), today);
    if (before && fields.length === 0) return { before, after: before };
    if (faults.length > 0) throw departmentInvalid(faultTexts(faults, deps.translate, locale));
    const event = { ...by, action, subject: `department/${code}`, fields };
    await deps.recordAuditEvent({ ...event, outcome: 'attempted' });
    const saved = before ? await deps.store.replace(next) : await deps.store.insert(next);
    deps.forget();
    await deps.recordAuditEvent({ ...event, outcome: saved ? 'succeeded' : 'failed' });
    if (saved) return { before, after: next };
  }
  throw new DomainError('conflict', 'department_busy', 'Others are changing this department. Try again.');
}
