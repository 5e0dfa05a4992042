import type { Connection } from 'mongoose';
import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Guard, Route } from '../http/route.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { readDepartmentFile } from './department-file.node.ts';
import { codesInChargeOf } from './department-in-charge.ts';
import { createFindDepartmentOverview, createListDepartmentOverviews } from './department-overview.ts';
import { storedOn } from './department-record.ts';
import type { Department } from './department.ts';
import { createDepartmentFormPages } from './department-form.pages.ts';
import { createDepartmentPages } from './department.pages.ts';
import type { DepartmentPagesDeps } from './department.pages.ts';
import { createDepartmentRoutes } from './department.routes.ts';
import { createDepartmentSchemas } from './department.schema.ts';
import { createDepartmentStore } from './department.store.ts';
import { createFindDepartment, createFindDepartmentInCharge } from './find-department.ts';
import type { FindDepartment } from './find-department.ts';
import { createImportDepartments } from './import-departments.ts';
import type { ImportDepartments } from './import-departments.ts';
import { createListDepartments, createListDepartmentsOfMonth, freshForMs } from './list-departments.ts';
import type { ListDepartments, ListDepartmentsOfMonth } from './list-departments.ts';
import { createMergeDepartment, createUnmergeDepartment } from './merge-department.ts';
import type { MergeDepartment } from './merge-department.ts';
import { createListDepartmentNames } from './list-department-names.ts';
import type { ListDepartmentNames } from './list-department-names.ts';
import { createReadDepartments } from './read-departments.ts';
import { createRenameDepartment } from './rename-department.ts';
import { createSaveDepartment } from './save-department.ts';
import type { SaveDepartment } from './save-department.ts';

/** What the departments need from outside. */
export interface DepartmentsDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly guard: (action: string, departmentParam?: string) => Guard;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly translate: Translate;
  /** Languages a scorecard can be written in. */
  readonly languages: readonly Locale[];
  /** Departments for an empty database, or null to leave it empty. */
  readonly seedFile: string | null;
  readonly shell: DepartmentPagesDeps['shell'];
  readonly renderPage: DepartmentPagesDeps['renderPage'];
}

/** The departments slice. */
export interface DepartmentsSlice {
  readonly listDepartments: ListDepartments;
  /** Whose month it was, for scorecards and their mails. */
  readonly listDepartmentsOfMonth: ListDepartmentsOfMonth;
  readonly listDepartmentNames: ListDepartmentNames;
  readonly findDepartment: FindDepartment;
  /** Follows mergers: for what patients, links and imports bring. */
  readonly findDepartmentInCharge: FindDepartment;
  /** The codes whose work a department has today: its own, and those merged into it. */
  readonly codesInChargeOf: (code: string) => Promise<readonly string[]>;
  /** Every department as it is stored, under today's name. */
  readonly storedDepartments: () => Promise<readonly Department[]>;
  readonly saveDepartment: SaveDepartment;
  readonly mergeDepartment: MergeDepartment;
  readonly importDepartments: ImportDepartments;
  /** Imports the seed file when there is no department yet: once at start, after the indexes. */
  readonly seed: () => Promise<void>;
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
}

/** Builds the departments on a database. */
export function wireDepartments(deps: DepartmentsDeps): DepartmentsSlice {
  const { clock, hospitalTime, guard, seedFile } = deps;
  const store = createDepartmentStore(deps.connection);
  const schemas = createDepartmentSchemas(deps.languages);
  const departments = createReadDepartments({ store, clock });
  const reading = { departments, clock, hospitalTime };
  const changing = { ...deps, store, forget: departments.forget };
  const listDepartments = createListDepartments(reading);
  const saveDepartment = createSaveDepartment(changing);
  const mergeDepartment = createMergeDepartment(changing);
  const importDepartments = createImportDepartments({
    ...deps,
    store,
    check: schemas.checkFile,
    saveDepartment,
  });
  const listOverviews = createListDepartmentOverviews({ store, clock, hospitalTime });
  const useCases = {
    findOverview: createFindDepartmentOverview(listOverviews),
    saveDepartment,
    renameDepartment: createRenameDepartment(changing),
    mergeDepartment,
    unmergeDepartment: createUnmergeDepartment(changing),
  };
  const shown = {
    ...deps,
    ...useCases,
    schemas,
    listOverviews,
    today: () => hospitalTime.dateOf(clock.now()),
  };
  return {
    listDepartmentNames: createListDepartmentNames({ departments }),
    listDepartments,
    listDepartmentsOfMonth: createListDepartmentsOfMonth(reading),
    findDepartment: createFindDepartment(reading),
    findDepartmentInCharge: createFindDepartmentInCharge(reading),
    codesInChargeOf: async (code) =>
      codesInChargeOf(await departments.all(freshForMs), code, hospitalTime.dateOf(clock.now())),
    storedDepartments: async () => {
      const today = hospitalTime.dateOf(clock.now());
      return (await store.list()).map((record) => storedOn(record, today));
    },
    saveDepartment,
    mergeDepartment,
    importDepartments,
    seed: async () => {
      if (seedFile === null || (await store.list()).length > 0) return;
      await importDepartments(readDepartmentFile(seedFile), {
        dryRun: false,
        actor: 'system',
        requestId: 'seed',
      });
    },
    routes: createDepartmentRoutes({ ...useCases, guard, schemas, listDepartments }),
    pages: [...createDepartmentFormPages(shown), ...createDepartmentPages(shown)],
  };
}
