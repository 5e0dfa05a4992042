import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { CurrentOperation } from './current-operation.ts';
import { modeInForce } from './operating-mode.ts';
import type { ModeHistory, OperatingMode } from './operating-mode.ts';
import type { OperationStore } from './operation.store.ts';

/** What switching needs. */
export interface SwitchOperatingModeDeps {
  readonly store: OperationStore;
  readonly current: Pick<CurrentOperation, 'reload'>;
  readonly clock: Clock;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** Who switches. */
export interface SwitchedBy {
  readonly accountId: string;
  readonly displayName: string;
  readonly requestId: string;
}

/** Switches between 试运行 and 正式运行; gives the history as it stands then. */
export type SwitchOperatingMode = (mode: OperatingMode, by: SwitchedBy) => Promise<ModeHistory>;

/**
 * Switches the mode from this moment on, audited before and after; what is in force already is not switched again. Nothing
 * stored before is touched. Throws `operation_busy` (conflict) when another person switches at the same time.
 */
export function createSwitchOperatingMode(deps: SwitchOperatingModeDeps): SwitchOperatingMode {
  return async (mode, { accountId, displayName, requestId }) => {
    const seen = await deps.store.read();
    if (modeInForce(seen) === mode) return seen;
    const event = { actor: accountId, action: 'operation.switch', subject: `operation/${mode}`, requestId };
    await deps.recordAuditEvent({ ...event, outcome: 'attempted' });
    const next = { mode, at: deps.clock.now(), by: accountId, byName: displayName };
    const switched = await deps.store.append(seen, next);
    await deps.current.reload();
    await deps.recordAuditEvent({ ...event, outcome: switched ? 'succeeded' : 'failed' });
    if (!switched) throw operationBusy();
    return [...seen, next];
  };
}

function operationBusy(): DomainError {
  return new DomainError('conflict', 'operation_busy', 'Another person has just switched the mode.');
}
