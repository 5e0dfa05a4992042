import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { addDays } from '../shared/reporting-period.ts';
import { opensCall } from './call-rules.ts';
import type { CallRules } from './call-rules.ts';
import { callIdOf, dischargeFaults } from './discharge.ts';
import type { DischargeRecord, RowFault } from './discharge.ts';
import { countResults, rejectRepeats } from './discharge-batch.ts';
import type { DischargeBatchResult, DischargeRowResult, JudgedRow, RowResult } from './discharge-batch.ts';
import { sameDischarge, sealDischarge } from './discharge-sealing.ts';
import type { DischargeKeys } from './discharge-sealing.ts';
import type { DischargeStore } from './discharge.store.ts';
import type { Discharge } from './follow-up-call.ts';
import type { SettleDischarges } from './settle-discharges.ts';

/** What registering needs. */
export interface RegisterDischargesDeps {
  readonly readRow: (row: unknown) => { discharge: Discharge | null; faults: readonly RowFault[] };
  readonly discharges: Pick<DischargeStore, 'insertMissing' | 'findByIds' | 'correct'>;
  readonly settle: SettleDischarges;
  readonly departmentExists: (code: string) => Promise<boolean>;
  readonly keys: DischargeKeys;
  /** Whether what is registered now is trial data. */
  readonly isTrial: () => boolean;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly translate: Translate;
  readonly clock: Clock;
  readonly time: HospitalTime;
  readonly rules: CallRules;
}

/** Discharges as they came, and who sent them. */
export interface DischargeBatch {
  readonly rows: readonly unknown[];
  readonly actor: string;
  readonly locale: Locale;
  readonly requestId?: string;
}

/** Registers discharges and opens their satisfaction calls. */
export type RegisterDischarges = (batch: DischargeBatch) => Promise<DischargeBatchResult>;

/**
 * Stores every good row of a batch, keyed by admission, and tells of every row what became of it. The same batch again
 * changes nothing and completes what a crash left open. A corrected day of discharge never moves the period. Throws nothing
 * for a bad row: its faults come back with pointers such as `/discharges/3/phone`.
 */
export function createRegisterDischarges(deps: RegisterDischargesDeps): RegisterDischarges {
  return async (batch) => {
    const rows = rejectRepeats(await judgeRows(deps, batch.rows));
    const records = rows.flatMap(({ record }) => record ?? []);
    const created = await deps.discharges.insertMissing(records);
    const { stored, corrected } = await correctKnown(
      deps,
      records.filter(({ id }) => !created.has(id)),
    );
    await deps.settle([...records.filter(({ id }) => created.has(id)), ...stored]);
    const resultOf = ({ id }: DischargeRecord): RowResult =>
      created.has(id) ? 'created' : corrected.has(id) ? 'updated' : 'unchanged';
    const answer = countResults(rows.map((row) => describeRow(deps, row, resultOf, batch.locale)));
    await deps.recordAuditEvent({
      actor: batch.actor,
      action: 'discharge.register',
      subject: `discharges/created=${answer.created},updated=${answer.updated},unchanged=${answer.unchanged},rejected=${answer.rejected}`,
      outcome: 'succeeded',
      ...(batch.requestId === undefined ? {} : { requestId: batch.requestId }),
    });
    return answer;
  };
}

async function judgeRows(
  deps: RegisterDischargesDeps,
  rows: readonly unknown[],
): Promise<readonly JudgedRow[]> {
  const now = deps.clock.now();
  const trial = deps.isTrial();
  const today = deps.time.dateOf(now);
  const days = { today, oldest: addDays(today, -deps.rules.oldestDischargeDays) };
  const readings = rows.map((row) => deps.readRow(row));
  const codes = [...new Set(readings.flatMap(({ discharge }) => discharge?.departmentCode ?? []))];
  const known = new Map(
    await Promise.all(codes.map(async (code) => [code, await deps.departmentExists(code)] as const)),
  );
  return readings.map(({ discharge, faults }, index) => {
    if (discharge === null) return { index, record: null, faults };
    const wrong = [
      ...(known.get(discharge.departmentCode)
        ? []
        : [{ field: 'departmentCode', code: 'unknown_department' }]),
      ...dischargeFaults(discharge, days),
    ];
    return wrong.length > 0
      ? { index, record: null, faults: wrong }
      : { index, record: sealDischarge(discharge, { now, trial }, deps.keys), faults: [] };
  });
}

/** Writes what differs from the stored records, and gives all of them as they stand now. */
async function correctKnown(
  deps: RegisterDischargesDeps,
  records: readonly DischargeRecord[],
): Promise<{ stored: readonly DischargeRecord[]; corrected: ReadonlySet<string> }> {
  const before = new Map(
    (await deps.discharges.findByIds(records.map(({ id }) => id))).map((record) => [record.id, record]),
  );
  const pairs = records.flatMap((record) => {
    const known = before.get(record.id);
    if (!known) return [];
    const same = sameDischarge(known, record, deps.keys.encryption);
    const { countedOn, period, createdAt } = known;
    return [{ same, record: same ? known : { ...record, countedOn, period, createdAt } }];
  });
  const changed = pairs.filter(({ same }) => !same).map(({ record }) => record);
  await deps.discharges.correct(changed);
  return {
    stored: pairs.map(({ record }) => record),
    corrected: new Set(changed.map(({ id }) => id)),
  };
}

function describeRow(
  deps: RegisterDischargesDeps,
  { index, record, faults }: JudgedRow,
  resultOf: (record: DischargeRecord) => RowResult,
  locale: Locale,
): DischargeRowResult {
  if (record === null) {
    const errors = faults.map(({ field, code }) => ({
      pointer: `/discharges/${index}${field === '' ? '' : `/${field}`}`,
      detail: deps.translate(locale, `follow-up-calls:fault.${code}`),
      code,
    }));
    return { index, result: 'rejected', errors };
  }
  const callId = callIdOf('satisfaction', record.id);
  return {
    index,
    result: resultOf(record),
    ...(opensCall(record.dischargeWay, deps.rules) ? { callId } : {}),
  };
}
