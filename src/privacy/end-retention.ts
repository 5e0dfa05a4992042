import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { addDays } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { RetainedKind, RetainedKindCode, RetentionMoment, RetentionRun } from './retention.ts';
import type { RetentionRunStore } from './retention-run.store.ts';

/** What ending needs. */
export interface RetentionDeps {
  readonly kinds: readonly RetainedKind[];
  readonly runs: RetentionRunStore;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly clock: Clock;
  readonly time: HospitalTime;
}

/** What of one kind ends when. */
export interface RetentionForecast {
  readonly kind: RetainedKindCode;
  readonly days: number;
  readonly oldest: CalendarDate | null;
  /** Over now or by tomorrow morning; within 7 and within 30 days, those of before among them. */
  readonly tonight: number;
  readonly within7: number;
  readonly within30: number;
  /** How many the last run ended; null when none ever ran. */
  readonly lastEnded: number | null;
}

/** The ending of data whose time is over. */
export interface Retention {
  /** What will end, and what the last run ended. */
  readonly forecast: () => Promise<{
    readonly kinds: readonly RetentionForecast[];
    readonly lastRun: Date | null;
  }>;
  /** Ends what is over, keeps the counts and records that it was done. Safe to repeat; one kind that fails leaves the others. */
  readonly end: (now: Date) => Promise<RetentionRun>;
}

/** Builds the ending. */
export function createRetention(deps: RetentionDeps): Retention {
  const momentIn = (now: Date, days: number): RetentionMoment => {
    const today = addDays(deps.time.dateOf(now), days);
    return { today, now: new Date(now.getTime() + days * 24 * 60 * 60_000) };
  };
  return {
    forecast: async () => {
      const now = deps.clock.now();
      const last = await deps.runs.latest();
      const of = async ({ kind, days, due, oldest }: RetainedKind): Promise<RetentionForecast> => {
        const [tonight = 0, within7 = 0, within30 = 0] = await Promise.all(
          [1, 7, 30].map((ahead) => due(momentIn(now, ahead))),
        );
        const lastEnded = last === null ? null : (last.counts[kind] ?? 0);
        return { kind, days, oldest: await oldest(), tonight, within7, within30, lastEnded };
      };
      return { kinds: await Promise.all(deps.kinds.map(of)), lastRun: last?.at ?? null };
    },
    end: async (now) => {
      const counts: Partial<Record<RetainedKindCode, number>> = {};
      const failures: unknown[] = [];
      for (const { kind, end } of deps.kinds) {
        try {
          counts[kind] = await end(momentIn(now, 0));
        } catch (error) {
          failures.push(error);
        }
      }
      const run = { at: now, counts };
      await deps.runs.keep(run);
      const subject = `retention/${Object.entries(counts)
        .map(([kind, count]) => `${kind}=${String(count)}`)
        .join(',')}`;
      const outcome = failures.length === 0 ? 'succeeded' : 'failed';
      await deps.recordAuditEvent({ actor: 'system', action: 'retention.end', subject, outcome });
      if (failures.length > 0) throw failures[0];
      return run;
    },
  };
}
