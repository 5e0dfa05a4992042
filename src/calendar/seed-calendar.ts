import type { Clock } from '../shared/clock.ts';
import type { CalendarYear, StoredCalendarYear } from './calendar-year.ts';

/** What seeding needs from outside. */
export interface SeedCalendarDeps {
  readonly clock: Clock;
  readonly files: readonly { readonly name: string; readonly content: unknown }[];
  readonly check: (
    content: unknown,
  ) => { readonly year: CalendarYear } | { readonly problems: readonly string[] };
  readonly list: () => Promise<readonly StoredCalendarYear[]>;
  readonly putShipped: (year: CalendarYear, at: Date) => Promise<void>;
  readonly same: (a: CalendarYear, b: CalendarYear) => boolean;
}

function readYears(deps: SeedCalendarDeps): readonly CalendarYear[] {
  const problems: string[] = [];
  const years = new Map<number, CalendarYear>();
  for (const { name, content } of deps.files) {
    const checked = deps.check(content);
    if ('problems' in checked) {
      problems.push(...checked.problems.map((problem) => `${name}: ${problem}.`));
    } else if (years.has(checked.year.year)) {
      problems.push(`${name}: another file already holds the year ${checked.year.year}.`);
    } else {
      years.set(checked.year.year, checked.year);
    }
  }
  if (problems.length > 0) throw new Error(`The calendar cannot be loaded. ${problems.join(' ')}`);
  return [...years.values()];
}

/**
 * Brings the years of the calendar files into the database: a new year is added, a shipped one that differs is replaced, an edited one is
 * kept. Returns the years that were written. Throws an Error that names every fault of every file, and writes nothing then.
 */
export async function seedCalendar(deps: SeedCalendarDeps): Promise<readonly number[]> {
  const years = readYears(deps);
  const stored = new Map((await deps.list()).map((year) => [year.year, year]));
  const due = years.filter((year) => {
    const before = stored.get(year.year);
    if (!before) return true;
    const { origin, ...content } = before;
    return origin === 'shipped' && !deps.same(content, year);
  });
  for (const year of due) await deps.putShipped(year, deps.clock.now());
  return due.map(({ year }) => year);
}
