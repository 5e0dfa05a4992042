import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { storedOn, openWithin } from './department-record.ts';
import type { DatedNames } from './dated-names.ts';
import type { DepartmentRecord, Merge } from './department-record.ts';
import type { Department } from './department.ts';
import type { DepartmentStore } from './department.store.ts';
import { departmentNotFound } from './find-department.ts';

/** A department as an administrator sees it: as it is stored, its history, and how often it was changed. `open`: whether it is open today. */
export interface DepartmentOverview extends Department {
  readonly open: boolean;
  readonly revision: number;
  readonly names: DatedNames;
  readonly merged: Merge | null;
  /** Departments that were, or will be, merged into this one. */
  readonly mergedHere: readonly { readonly code: string; readonly from: string }[];
}

/** One department of all, on a day. */
export function overviewOf(
  record: DepartmentRecord,
  all: readonly DepartmentRecord[],
  today: string,
): DepartmentOverview {
  return {
    ...storedOn(record, today),
    open: openWithin(record, today, today),
    revision: record.revision,
    names: record.names,
    merged: record.merged,
    mergedHere: all.flatMap(({ code, merged }) =>
      merged?.into === record.code ? [{ code, from: merged.from }] : [],
    ),
  };
}

/** The department of an overview, as it is stored. */
export function departmentOf({
  open: _open,
  revision: _revision,
  names: _names,
  merged: _merged,
  mergedHere: _here,
  ...stored
}: DepartmentOverview): Department {
  return stored;
}

/** One department, open or not. Throws `department_not_found`. */
export type FindDepartmentOverview = (code: string) => Promise<DepartmentOverview>;

/** Every department, open or not, by code. */
export type ListDepartmentOverviews = () => Promise<readonly DepartmentOverview[]>;

/** What looking needs. */
export interface DepartmentOverviewDeps {
  readonly store: Pick<DepartmentStore, 'list'>;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
}

/** Builds the list, read from the database: an administrator sees what is stored now. */
export function createListDepartmentOverviews(deps: DepartmentOverviewDeps): ListDepartmentOverviews {
  return async () => {
    const today = deps.hospitalTime.dateOf(deps.clock.now());
    const all = await deps.store.list();
    return all.map((record) => overviewOf(record, all, today));
  };
}

/** Builds the use case that finds one. */
export function createFindDepartmentOverview(list: ListDepartmentOverviews): FindDepartmentOverview {
  return async (code) => {
    const found = (await list()).find((one) => one.code === code);
    if (!found) throw departmentNotFound();
    return found;
  };
}
