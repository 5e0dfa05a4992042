import type { Job } from '../jobs/job.ts';
import type { Logger } from '../shared/logger.ts';
import type { RemoveOldEvents } from './remove-old-events.ts';
import type { SealAuditDays } from './seal-audit-days.ts';
import type { TrailVerification } from './verify-audit-trail.ts';

/** What the jobs need. */
export interface AuditJobsDeps {
  readonly sealSchedule: string;
  readonly verifySchedule: string;
  readonly sealDays: SealAuditDays;
  readonly removeOldEvents: RemoveOldEvents;
  /** Verifies and keeps what was found. */
  readonly verifyAndKeep: () => Promise<TrailVerification>;
  readonly lastVerification: () => Promise<TrailVerification | null>;
  readonly log: Pick<Logger, 'error'>;
}

/** A restart does not read the whole trail again when that was done so recently. */
const recentMs = 12 * 60 * 60_000;

/** After midnight, seals the days that are over and removes what is old; later at night, verifies. */
export function createAuditJobs(deps: AuditJobsDeps): readonly Job[] {
  return [
    {
      name: 'seal-audit-days',
      schedule: deps.sealSchedule,
      run: async (now) => {
        await deps.sealDays(now);
        await deps.removeOldEvents(now);
      },
    },
    {
      name: 'verify-audit-trail',
      schedule: deps.verifySchedule,
      run: async (now) => {
        const last = await deps.lastVerification();
        if (last?.problemCount === 0 && now.getTime() - last.at.getTime() < recentMs) return;
        const { problemCount, problems } = await deps.verifyAndKeep();
        if (problemCount > 0)
          deps.log.error(
            { problemCount, first: problems[0] },
            'the audit trail was changed by somebody who has no key: see /audit',
          );
      },
    },
  ];
}
