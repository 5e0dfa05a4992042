import type { Clock } from '../shared/clock.ts';
import type { ListColleagues } from './list-staff.ts';

const maxAgeMs = 60_000;

/**
 * Colleagues of departments as they are known in memory, read at most a minute ago, so that taking an answer asks the database
 * nothing about them. A reading that failed is not kept. Ask only for departments that exist: each is remembered.
 */
export function rememberColleagues(list: ListColleagues, clock: Clock): ListColleagues {
  const known = new Map<string, { readonly at: number; readonly colleagues: ReturnType<ListColleagues> }>();
  return (departmentCode) => {
    const now = clock.now().getTime();
    const latest = known.get(departmentCode);
    // A clock that was set back must not keep an old list alive.
    if (latest && Math.abs(now - latest.at) <= maxAgeMs) return latest.colleagues;
    const reading = { at: now, colleagues: list(departmentCode) };
    known.set(departmentCode, reading);
    reading.colleagues.catch(() => {
      if (known.get(departmentCode) === reading) known.delete(departmentCode);
    });
    return reading.colleagues;
  };
}
