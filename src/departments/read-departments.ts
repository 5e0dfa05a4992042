import type { Clock } from '../shared/clock.ts';
import type { DepartmentRecord } from './department-record.ts';
import type { DepartmentStore } from './department.store.ts';

/** What reading needs from outside. */
export interface ReadDepartmentsDeps {
  readonly store: Pick<DepartmentStore, 'list'>;
  readonly clock: Clock;
}

/** Departments as they are known in memory, so that taking an answer asks the database nothing about them. */
export interface ReadDepartments {
  /** Every department, by code, as read at most `maxAgeMs` ago. */
  readonly all: (maxAgeMs: number) => Promise<readonly DepartmentRecord[]>;
  /** Makes the next reading ask the database. */
  readonly forget: () => void;
}

/** Reads departments once for all who ask meanwhile; a reading that failed is not kept. */
export function createReadDepartments(deps: ReadDepartmentsDeps): ReadDepartments {
  let latest: { readonly at: number; readonly records: Promise<readonly DepartmentRecord[]> } | null = null;

  const read = (at: number): Promise<readonly DepartmentRecord[]> => {
    const reading = { at, records: deps.store.list() };
    latest = reading;
    reading.records.catch(() => {
      if (latest === reading) latest = null;
    });
    return reading.records;
  };
  return {
    all: (maxAgeMs) => {
      const now = deps.clock.now().getTime();
      // A clock that was set back must not keep old departments alive.
      return latest && Math.abs(now - latest.at) <= maxAgeMs ? latest.records : read(now);
    },
    forget: () => {
      latest = null;
    },
  };
}
