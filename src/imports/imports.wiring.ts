import type { Connection } from 'mongoose';
import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { StoreDischarges } from '../follow-up-calls/store-discharges.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import type { RetainedKind } from '../privacy/retention.ts';
import type { Clock } from '../shared/clock.ts';
import type { ReadInProcess } from '../shared/reader-process.child-process.ts';
import { listHash } from '../shared/content-hash.crypto.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import type { StoreImportedResponses } from '../survey-responses/store-imported-responses.ts';
import { readAnswerMappings } from './answer-mapping.schema.ts';
import { createAssignDepartment } from './assign-department.ts';
import { createReadCsv } from './csv.child-process.ts';
import type { DepartmentNames } from './department-alias.ts';
import { createDepartmentAliasStore } from './department-alias.store.ts';
import { createImportAnswers } from './import-answers.ts';
import { createImportDischarges } from './import-discharges.ts';
import { createImportRoutes } from './import.routes.ts';
import { createImportRunStore } from './import-run.store.ts';
import { readDischargeColumns } from './import-settings.schema.ts';
import { createImportsPages } from './imports.pages.ts';
import { readJsonFile } from './json-file.node.ts';
import { createReadTable } from './read-table.ts';
import { createRemoveAlias } from './remove-alias.ts';
import { retainedNames } from './retained-names.ts';
import { createReadWorkbook } from './workbook.child-process.ts';

/** What the slice is handed. */
export interface ImportsDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly hospitalTime: HospitalTime;
  readonly translate: Translate;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly shell: (input: RouteInput, path: string) => object;
  readonly guard: (action: string) => Guard;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly storeDischarges: StoreDischarges;
  readonly storeImportedResponses: StoreImportedResponses;
  readonly catalogue: Pick<SurveyFormCatalogue, 'find'>;
  /** Whether a day lies in a month that this service does not count by itself. */
  readonly takesMonthOf: (day: CalendarDate) => Promise<boolean>;
  /** What every department is and was called, in every language. */
  readonly departmentNames: () => Promise<readonly DepartmentNames[]>;
  readonly departments: (
    locale: Locale,
  ) => Promise<readonly { readonly code: string; readonly name: string }[]>;
  /** Reads uploaded files, one at a time. */
  readonly readInProcess: ReadInProcess;
  /** Days for which a name that nobody maps is kept. */
  readonly retentionDays: number;
  /** Folder of the settings of imports. */
  readonly folder: string;
}

/** Imports: files of the HIS, and the mapping table. */
export interface ImportsSlice {
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
  /** How names that nobody maps end. */
  readonly retained: RetainedKind;
}

/** Builds the slice. Defines `departmentAliases` and `importRuns`. Throws an Error when its settings cannot be read. */
export function wireImports(given: ImportsDeps): ImportsSlice {
  const settings = readDischargeColumns(readJsonFile(`${given.folder}/discharge-columns.json`));
  const mappings = readAnswerMappings(readJsonFile(`${given.folder}/older-answers.json`));
  const aliases = createDepartmentAliasStore(given.connection);
  const runs = createImportRunStore(given.connection);
  const readTable = createReadTable({
    readCsv: createReadCsv(given.readInProcess),
    readWorkbook: createReadWorkbook(given.readInProcess),
  });
  const deps = { ...given, settings, mappings, aliases, runs, readTable, listHash };
  const assignDepartment = createAssignDepartment(deps);
  return {
    routes: createImportRoutes({
      ...deps,
      assignDepartment,
      importDischarges: createImportDischarges(deps),
      importAnswers: createImportAnswers(deps),
    }),
    pages: createImportsPages({ ...deps, assignDepartment, removeAlias: createRemoveAlias(deps) }),
    retained: retainedNames(deps),
  };
}
