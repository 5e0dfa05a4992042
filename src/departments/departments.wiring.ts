import type { Connection } from 'mongoose';
import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Guard, Route } from '../http/route.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Locale } from '../shared/localized-text.ts';
import { readDepartmentFile } from './department-file.node.ts';
import { createDepartmentRoutes } from './department.routes.ts';
import { createDepartmentSchemas } from './department.schema.ts';
import { createDepartmentStore } from './department.store.ts';
import { createFindDepartment } from './find-department.ts';
import type { FindDepartment } from './find-department.ts';
import { createImportDepartments } from './import-departments.ts';
import type { ImportDepartments } from './import-departments.ts';
import { createListDepartments } from './list-departments.ts';
import type { ListDepartments } from './list-departments.ts';
import { createPreviewDepartment } from './preview-department.ts';
import { createReadDepartments } from './read-departments.ts';
import { createSaveDepartment } from './save-department.ts';
import type { SaveDepartment } from './save-department.ts';

/** What the departments need from outside. */
export interface DepartmentsDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly guard: (action: string, departmentParam?: string) => Guard;
  readonly recordAuditEvent: RecordAuditEvent;
  /** Languages a scorecard can be written in. */
  readonly languages: readonly Locale[];
  /** Departments for an empty database, or null to leave it empty. */
  readonly seedFile: string | null;
}

/** The departments slice. */
export interface DepartmentsSlice {
  readonly listDepartments: ListDepartments;
  readonly findDepartment: FindDepartment;
  readonly saveDepartment: SaveDepartment;
  readonly importDepartments: ImportDepartments;
  /** Imports the seed file when there is no department yet: once at start, after the indexes. */
  readonly seed: () => Promise<void>;
  readonly routes: readonly Route[];
}

/** Builds the departments on a database. */
export function wireDepartments(deps: DepartmentsDeps): DepartmentsSlice {
  const { clock, hospitalTime, guard, recordAuditEvent, seedFile } = deps;
  const store = createDepartmentStore(deps.connection);
  const schemas = createDepartmentSchemas(deps.languages);
  const departments = createReadDepartments({ store, clock });
  const listDepartments = createListDepartments({ departments, clock, hospitalTime });
  const findDepartment = createFindDepartment({ departments, clock, hospitalTime });
  const { forget } = departments;
  const saveDepartment = createSaveDepartment({ store, clock, hospitalTime, recordAuditEvent, forget });
  const previewDepartment = createPreviewDepartment({ store, clock, hospitalTime });
  const importDepartments = createImportDepartments({
    check: schemas.checkFile,
    saveDepartment,
    previewDepartment,
  });
  return {
    listDepartments,
    findDepartment,
    saveDepartment,
    importDepartments,
    seed: async () => {
      if (seedFile === null || (await store.list()).length > 0) return;
      await importDepartments(readDepartmentFile(seedFile), { dryRun: false, actor: 'system' });
    },
    routes: createDepartmentRoutes({ guard, schemas, listDepartments, findDepartment, saveDepartment }),
  };
}
