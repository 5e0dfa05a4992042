import type { Job } from '../jobs/job.ts';
import type { Logger } from '../shared/logger.ts';

/** Once a day, says in the log which years of the calendar are missing. */
export function createMissingYearsJob(deps: {
  readonly schedule: string;
  readonly missingYears: () => readonly number[];
  readonly log: Pick<Logger, 'warn'>;
}): Job {
  return {
    name: 'calendar-missing-years',
    schedule: deps.schedule,
    run: () => {
      const years = deps.missingYears();
      if (years.length > 0)
        deps.log.warn(
          { years },
          'holidays are missing: enter them on /office/calendar, or months close on the wrong day',
        );
      return Promise.resolve();
    },
  };
}
