import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { FieldError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { opensCall } from './call-rules.ts';
import type { CallRules } from './call-rules.ts';
import { callIdOf } from './discharge.ts';
import type { RowFault } from './discharge.ts';
import { countResults } from './discharge-batch.ts';
import type { DischargeBatchResult, DischargeRowResult, StoredRow } from './discharge-batch.ts';
import type { StoreDischarges } from './store-discharges.ts';

/** What registering needs. */
export interface RegisterDischargesDeps {
  readonly storeDischarges: StoreDischarges;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly translate: Translate;
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
 * Stores every good row of a batch (see `createStoreDischarges`) and tells of every row what became of it. Throws nothing for a
 * bad row: its faults come back with pointers such as `/discharges/3/phone`.
 */
export function createRegisterDischarges(deps: RegisterDischargesDeps): RegisterDischarges {
  return async ({ rows, actor, locale, requestId }) => {
    const stored = await deps.storeDischarges(rows, { dryRun: false, seen: new Set(), actor });
    const answer = countResults(stored.map((row) => describeRow(deps, row, locale)));
    await deps.recordAuditEvent({
      actor,
      action: 'discharge.register',
      subject: `discharges/created=${answer.created},updated=${answer.updated},unchanged=${answer.unchanged},rejected=${answer.rejected}`,
      outcome: 'succeeded',
      ...(requestId === undefined ? {} : { requestId }),
    });
    return answer;
  };
}

function describeRow(
  deps: RegisterDischargesDeps,
  { index, result, record, faults, remarks }: StoredRow,
  locale: Locale,
): DischargeRowResult {
  const told = (found: readonly RowFault[]): readonly FieldError[] =>
    found.map(({ field, code }) => ({
      pointer: `/discharges/${index}${field === '' ? '' : `/${field}`}`,
      detail: deps.translate(locale, `follow-up-calls:fault.${code}`),
      code,
    }));
  if (record === null) return { index, result: 'rejected', errors: told(faults) };
  const callId = callIdOf('satisfaction', record.id);
  return {
    index,
    result,
    ...(opensCall(record.dischargeWay, deps.rules) ? { callId } : {}),
    ...(remarks.length > 0 ? { warnings: told(remarks) } : {}),
  };
}
