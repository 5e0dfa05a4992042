import type { DepartmentsSlice } from './departments/departments.wiring.ts';
import type { FollowUpCallsSlice } from './follow-up-calls/follow-up-calls.wiring.ts';
import { wireImports } from './imports/imports.wiring.ts';
import type { ImportsSlice } from './imports/imports.wiring.ts';
import type { Common, Parts } from './parts.ts';
import { textIn } from './shared/localized-text.ts';

/** Imports of files: discharges of the HIS, and the mapping table of department names. */
export function composeImports(
  { config }: Parts,
  common: Common,
  read: { readonly departments: DepartmentsSlice; readonly calls: FollowUpCallsSlice },
): ImportsSlice {
  const { departments, calls } = read;
  return wireImports({
    ...common,
    folder: config.imports.folder,
    storeDischarges: calls.storeDischarges,
    departmentNames: departments.listDepartmentNames,
    departments: async (locale) =>
      (await departments.listDepartments()).map(({ code, name }) => ({ code, name: textIn(name, locale) })),
  });
}
