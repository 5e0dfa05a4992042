import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { addDays } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { admissionKeys, agree, keysOf } from './admission-key.ts';
import type { CallRules } from './call-rules.ts';
import { dischargeFaults } from './discharge.ts';
import type { AdmissionKeys, DischargeRecord } from './discharge.ts';
import { keyField, rejected, rejectRepeats } from './discharge-batch.ts';
import type { GoodRow, JudgedRow, StoredRow } from './discharge-batch.ts';
import { correctedBy, isAnotherPerson, sealDischarge, withPersonOf } from './discharge-sealing.ts';
import type { DischargeKeys } from './discharge-sealing.ts';
import type { DischargeStore } from './discharge.store.ts';
import type { DischargeRowReading } from './discharge.schema.ts';
import type { RecordFollowUps } from './record-follow-ups.ts';
import type { SettleDischarges } from './settle-discharges.ts';

/** What storing needs. */
export interface StoreDischargesDeps {
  readonly readRow: (row: unknown) => DischargeRowReading;
  readonly discharges: Pick<DischargeStore, 'insertMissing' | 'findByKeys' | 'correct'>;
  readonly settle: SettleDischarges;
  readonly recordFollowUps: RecordFollowUps;
  /** The department that answers for a code on a day, after mergers too; null when it is unknown or was not open. */
  readonly departmentInCharge: (code: string, on: CalendarDate) => Promise<string | null>;
  readonly keys: DischargeKeys;
  readonly newId: () => string;
  /** Which of some admission keys were erased on request. */
  readonly erasedAmong: (keys: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Whether what is registered now is trial data. */
  readonly isTrial: () => boolean;
  readonly clock: Clock;
  readonly time: HospitalTime;
  readonly rules: CallRules;
}

/** How rows are taken. */
export interface StoreOptions {
  /** Says what would become of each row, and stores nothing. */
  readonly dryRun: boolean;
  /** Keys of the rows of the same file that came before; it grows. */
  readonly seen: Set<string>;
  /** Account that sends them. */
  readonly actor: string;
}

/** Stores rows of discharges; tells of each, in its place, what became of it. */
export type StoreDischarges = (
  rows: readonly unknown[],
  options: StoreOptions,
) => Promise<readonly StoredRow[]>;

/**
 * Stores every good row, keyed by admission (住院流水号, or 住院号 + 住院次数), with its satisfaction call and its clinical
 * follow-up. The same rows again, in any order and any part of them, change nothing and complete what a crash left open. A
 * readmission has another key and never overwrites; a row whose two keys belong to different admissions, or whose key belongs to
 * somebody else's, is refused. A corrected day of discharge never moves the period. Throws nothing for a bad row.
 */
export function createStoreDischarges(deps: StoreDischargesDeps): StoreDischarges {
  return async (rows, options) => {
    const trial = deps.isTrial();
    const judged = rejectRepeats(await refuseErased(deps, await judgeRows(deps, rows, trial)), options.seen);
    const good = judged.filter((row): row is GoodRow => row.discharge !== null);
    const placed = await place(deps, good, { dryRun: options.dryRun, trial });
    const stored = good.flatMap((row) => {
      const { record } = placed.get(row.index) ?? { record: null };
      return record === null ? [] : [{ record, discharge: row.discharge, index: row.index }];
    });
    if (!options.dryRun)
      await deps.settle(stored.map(({ record, discharge }) => withPersonOf(record, discharge, deps.keys)));
    const followed = await deps.recordFollowUps(stored, options);
    return judged.map(({ index, faults, remarks }) => {
      const { result, ...fate } = placed.get(index) ?? { result: 'rejected', record: null, faults };
      const changed = result === 'unchanged' && followed.has(index);
      return Object.assign(fate, { index, remarks, result: changed ? ('updated' as const) : result });
    });
  };
}

async function judgeRows(
  deps: StoreDischargesDeps,
  rows: readonly unknown[],
  trial: boolean,
): Promise<readonly JudgedRow[]> {
  const today = deps.time.dateOf(deps.clock.now());
  const days = { today, oldest: addDays(today, -deps.rules.oldestDischargeDays) };
  const readings = rows.map((row) => deps.readRow(row));
  const judge = async (
    { discharge: read, faults, remarks }: (typeof readings)[number],
    index: number,
  ): Promise<JudgedRow> => {
    if (read === null) return rejected(index, faults);
    const departmentCode = await deps.departmentInCharge(read.departmentCode, read.dischargedOn);
    const wrong = [
      ...(departmentCode === null ? [{ field: 'departmentCode', code: 'unknown_department' }] : []),
      ...dischargeFaults(read, days),
    ];
    if (departmentCode === null || wrong.length > 0) return rejected(index, wrong);
    const discharge = { ...read, departmentCode };
    const keys = admissionKeys(discharge, trial, deps.keys.blindIndex);
    return { index, discharge, keys, faults: [], remarks };
  };
  return Promise.all(readings.map(judge));
}

const keysOfRow = (row: JudgedRow): readonly string[] => (row.discharge === null ? [] : keysOf(row.keys));

/** Rejects admissions that were erased on request: they are not registered again, and nothing of the row is kept. */
async function refuseErased(
  deps: StoreDischargesDeps,
  rows: readonly JudgedRow[],
): Promise<readonly JudgedRow[]> {
  const erased = await deps.erasedAmong(rows.flatMap(keysOfRow));
  return rows.map((row) =>
    row.discharge !== null && keysOfRow(row).some((key) => erased.has(key))
      ? rejected(row.index, [{ field: keyField(row.discharge), code: 'erased' }])
      : row,
  );
}

type Fate = Omit<StoredRow, 'index' | 'remarks'>;

function byKey(records: readonly DischargeRecord[]): ReadonlyMap<string, DischargeRecord> {
  return new Map(records.flatMap((record) => keysOf(record.keys).map((key) => [key, record] as const)));
}

/** The record a row belongs to: none, one, or a contradiction between its two keys. */
function recordOf(
  keys: AdmissionKeys,
  known: ReadonlyMap<string, DischargeRecord>,
): DischargeRecord | 'none' | 'conflict' {
  const found = [...new Set(keysOf(keys).flatMap((key) => known.get(key) ?? []))];
  const [record] = found;
  if (record === undefined) return 'none';
  return found.length > 1 || !agree(record.keys, keys) ? 'conflict' : record;
}

/** Stores what is new, then corrects what differs from what is known: by row index, what became of it. */
async function place(
  deps: StoreDischargesDeps,
  rows: readonly GoodRow[],
  { dryRun, trial }: { readonly dryRun: boolean; readonly trial: boolean },
): Promise<ReadonlyMap<number, Fate>> {
  const now = deps.clock.now();
  const before = byKey(await deps.discharges.findByKeys(rows.map(({ keys }) => keys)));
  const fresh = rows.filter(({ keys }) => recordOf(keys, before) === 'none');
  const sealed = fresh.map(({ index, discharge, keys }) => {
    return { index, record: sealDischarge(discharge, keys, { id: deps.newId(), now, trial }, deps.keys) };
  });
  const created = dryRun
    ? new Set(sealed.map(({ record }) => record.id))
    : await deps.discharges.insertMissing(sealed.map(({ record }) => record));
  const fates = new Map<number, Fate>();
  for (const { index, record } of sealed) {
    if (created.has(record.id)) fates.set(index, { result: 'created', record, faults: [] });
  }
  const others = rows.filter(({ index }) => !fates.has(index));
  const raced = fates.size < fresh.length;
  const known = raced ? byKey(await deps.discharges.findByKeys(others.map(({ keys }) => keys))) : before;
  const corrected: DischargeRecord[] = [];
  for (const row of others) {
    const fate = correct(deps, row, recordOf(row.keys, known), now);
    fates.set(row.index, fate);
    if (fate.result === 'updated' && fate.record) corrected.push(fate.record);
  }
  if (!dryRun) await deps.discharges.correct(corrected);
  return fates;
}

function correct(
  deps: StoreDischargesDeps,
  { discharge, keys }: GoodRow,
  known: ReturnType<typeof recordOf>,
  now: Date,
): Fate {
  // 'none' only when a record was erased between two reads: the sender may send the row again.
  if (known === 'none' || known === 'conflict' || isAnotherPerson(known, discharge, keys, deps.keys)) {
    return {
      result: 'rejected',
      record: null,
      faults: [{ field: keyField(discharge), code: 'key_conflict' }],
    };
  }
  const record = correctedBy(known, discharge, { keys, now }, deps.keys);
  return { result: record === known ? 'unchanged' : 'updated', record, faults: [] };
}
