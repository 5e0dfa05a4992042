import type { AuditEvent, RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { changedFields, changedRecord, departmentOn, newRecord } from './department-record.ts';
import type { DepartmentRecord, SaveOutcome } from './department-record.ts';
import type { Department } from './department.ts';
import type { DepartmentStore } from './department.store.ts';

/** What saving needs from outside. */
export interface SaveDepartmentDeps {
  readonly store: Pick<DepartmentStore, 'find' | 'insert' | 'replace'>;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly recordAuditEvent: RecordAuditEvent;
  /** Called after each change, so that readers in memory see it. */
  readonly forget: () => void;
}

/** Who saves: an account id or `system`. */
export interface SavedBy {
  readonly actor: string;
  readonly requestId?: string;
}

/** Adds or changes a department by its code. Rejects with `department_busy` when others keep changing it. */
export type SaveDepartment = (department: Department, by: SavedBy) => Promise<SaveOutcome>;

const attempts = 5;

function eventFor(code: string, fields: readonly string[], by: SavedBy): Omit<AuditEvent, 'at' | 'outcome'> {
  return { ...by, action: 'department.save', subject: `department/${code}`, fields };
}

/** What a save would do to the stored record, or to none. */
export function fieldsToSave(
  before: DepartmentRecord | null,
  after: Department,
  today: string,
): readonly string[] {
  return before ? changedFields(departmentOn(before, today), after) : ['code'];
}

/** Saves a department: what is equal is not written, a change is audited before and after, another's change in between is built upon. */
export function createSaveDepartment(deps: SaveDepartmentDeps): SaveDepartment {
  return async (department, by) => {
    const today = deps.hospitalTime.dateOf(deps.clock.now());
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const before = await deps.store.find(department.code);
      const fields = fieldsToSave(before, department, today);
      if (fields.length === 0) return 'unchanged';
      const event = eventFor(department.code, fields, by);
      await deps.recordAuditEvent({ ...event, outcome: 'attempted' });
      const saved = before
        ? await deps.store.replace(changedRecord(before, department, today))
        : await deps.store.insert(newRecord(department, today));
      deps.forget();
      await deps.recordAuditEvent({ ...event, outcome: saved ? 'succeeded' : 'failed' });
      if (saved) return before ? 'changed' : 'new';
    }
    throw new DomainError('conflict', 'department_busy', 'Others are changing this department. Try again.');
  };
}
