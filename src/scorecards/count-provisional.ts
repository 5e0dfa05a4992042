import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { periodOf, previousPeriod } from '../shared/reporting-period.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { countMonth } from './count-month.ts';
import type { CountMonthDeps } from './count-month.ts';
import type { Scorecard } from './scorecard.ts';

/** Counts an open month for its 快报. */
export type CountProvisional = (period: ReportingPeriod) => Promise<readonly Scorecard[]>;

/** The counts of open months. */
export interface ProvisionalCounts {
  readonly count: CountProvisional;
  /** Counts the open months of today and of a month ago, unless it is done: nobody need then wait for it. */
  readonly renew: () => Promise<void>;
}

interface Counted {
  /** Which ten minutes of the clock, since 1970. */
  readonly step: number;
  readonly cards: readonly Scorecard[];
}

const stepMs = 10 * 60_000;
/** The present month, the one before, and one that somebody looks up. */
const rememberedMonths = 3;

/**
 * The 快报 of a month, counted once in ten minutes of the clock however often it is looked at: the cut-off is the last full ten
 * minutes. While it is counted anew, the count of the ten minutes before is shown, which says its own cut-off; an older one is
 * not, the reader waits instead. A failed count is not remembered.
 */
export function createProvisionalCounts(
  deps: CountMonthDeps & {
    readonly clock: Clock;
    readonly hospitalTime: Pick<HospitalTime, 'dateOf'>;
    readonly settleMs: number;
  },
): ProvisionalCounts {
  const known = new Map<ReportingPeriod, Counted>();
  const underWay = new Map<string, Promise<readonly Scorecard[]>>();

  const presentStep = (): number => Math.floor((deps.clock.now().getTime() - deps.settleMs) / stepMs);
  const remember = (period: ReportingPeriod, counted: Counted): void => {
    if ((known.get(period)?.step ?? 0) > counted.step) return;
    known.delete(period);
    known.set(period, counted);
    const [oldest] = known.keys();
    if (known.size > rememberedMonths && oldest !== undefined) known.delete(oldest);
  };
  const countStep = async (period: ReportingPeriod, step: number): Promise<readonly Scorecard[]> => {
    const cards = await countMonth(deps, { period, revision: 1, cutoffAt: new Date(step * stepMs) });
    remember(period, { step, cards });
    return cards;
  };
  const countOnce = (period: ReportingPeriod, step: number): Promise<readonly Scorecard[]> => {
    const key = `${period}@${String(step)}`;
    const running = underWay.get(key);
    if (running) return running;
    const begun = countStep(period, step).finally(() => underWay.delete(key));
    underWay.set(key, begun);
    return begun;
  };
  const count: CountProvisional = async (period) => {
    const step = presentStep();
    const last = known.get(period);
    if (last?.step === step) return last.cards;
    const counted = countOnce(period, step);
    if (last?.step !== step - 1) return counted;
    // Whoever looks next, or `renew`, meets the failure.
    counted.catch(() => undefined);
    return last.cards;
  };
  return {
    count,
    renew: async () => {
      const current = periodOf(deps.hospitalTime.dateOf(deps.clock.now()));
      for (const period of [current, previousPeriod(current)]) {
        if ((await deps.periods.latest(period)) !== null) continue;
        const step = presentStep();
        if (known.get(period)?.step !== step) await countOnce(period, step);
      }
    },
  };
}
