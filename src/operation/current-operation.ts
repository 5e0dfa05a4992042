import type { HospitalTime } from '../shared/hospital-time.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { isTrialMonth, modeInForce } from './operating-mode.ts';
import type { ModeHistory, OperatingMode } from './operating-mode.ts';
import type { OperationStore } from './operation.store.ts';

/** The mode as this process knows it, in memory: stamping an answer asks no database. */
export interface CurrentOperation {
  readonly history: () => ModeHistory;
  /** Whether what arrives now is trial data and pages say 试运行. */
  readonly isTrial: () => boolean;
  /** Whether nothing of a month can count, as the service was never live in it. */
  readonly isTrialMonth: (period: ReportingPeriod) => boolean;
  /** Reads the database again. The service does so every two seconds, so that a switch made by another instance is known within that. */
  readonly reload: () => Promise<void>;
}

/** Holds the mode; before it was ever read, `startsIn` is taken. */
export function createCurrentOperation(deps: {
  readonly store: Pick<OperationStore, 'read'>;
  readonly hospitalTime: Pick<HospitalTime, 'momentOf'>;
  readonly startsIn: OperatingMode;
}): CurrentOperation {
  let history: ModeHistory = [];
  return {
    history: () => history,
    isTrial: () => (modeInForce(history) ?? deps.startsIn) === 'trial',
    isTrialMonth: (period) => isTrialMonth(history, period, deps.hospitalTime),
    reload: async () => {
      history = await deps.store.read();
    },
  };
}
