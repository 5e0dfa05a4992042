import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CalendarYear } from '../../src/calendar/calendar-year.ts';
import { createWorkingCalendar } from '../../src/calendar/working-days.ts';
import { closingMoment } from '../../src/scorecards/closing-time.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { addMonths } from '../../src/shared/reporting-period.ts';

/**
 * The latest month whose closing day has come at a moment, by the shipped calendar and settings. For tests on real
 * processes, whose clock is the machine's: this month, and no later one, is closed by a start.
 */
export function latestDuePeriod(now: Date): string {
  const folder = join(projectRoot(), 'config', 'calendar');
  const years = readdirSync(folder).map(
    (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as CalendarYear,
  );
  const calendar = createWorkingCalendar(years);
  const time = createHospitalTime('Asia/Shanghai');
  const rule = { workingDay: 10, time: '08:00' };
  const previous = addMonths(time.dateOf(now).slice(0, 7), -1);
  return closingMoment(previous, calendar, time, rule) <= now ? previous : addMonths(previous, -1);
}
