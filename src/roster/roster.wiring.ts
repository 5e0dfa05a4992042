import type { Route } from '../http/route.ts';
import type { ReadInProcess } from '../shared/reader-process.child-process.ts';
import { createImportRoster } from './import-roster.ts';
import type { ImportRosterDeps } from './import-roster.ts';
import { writeRosterWorkbook } from './roster-template.write-excel-file.ts';
import { createReadWorkbookSheets } from './roster-workbook.child-process.ts';
import { createRosterPages } from './roster.pages.ts';
import type { RosterPagesDeps } from './roster.pages.ts';
import { createRosterRoutes } from './roster.routes.ts';

/** What the roster needs from outside. */
export type RosterDeps = RosterPagesDeps &
  Omit<ImportRosterDeps, 'readWorkbook'> & {
    /** Reads uploaded files, one at a time. */
    readonly readInProcess: ReadInProcess;
  };

/** Departments and staff in one workbook. */
export interface RosterSlice {
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
}

/** Builds the roster over departments and staff; it stores nothing of its own. */
export function wireRoster(deps: RosterDeps): RosterSlice {
  const importRoster = createImportRoster({
    ...deps,
    readWorkbook: createReadWorkbookSheets(deps.readInProcess),
  });
  return {
    routes: createRosterRoutes({ ...deps, importRoster, writeWorkbook: writeRosterWorkbook }),
    pages: createRosterPages(deps),
  };
}
