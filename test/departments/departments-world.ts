import { guardFor } from '../../src/accounts/guard.ts';
import { testAudit } from '../support/test-audit.ts';
import { wireDepartments } from '../../src/departments/departments.wiring.ts';
import type { DepartmentsSlice } from '../../src/departments/departments.wiring.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { locales } from '../../src/shared/localized-text.ts';
import type { Principal } from '../../src/shared/principal.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { testTemplates, testTranslate, testShell } from '../support/test-app.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

/** Somebody of the whole hospital in one role. */
export const person = (role: 'admin' | 'office'): Principal => ({
  accountId: 'a1',
  username: role,
  displayName: role,
  roles: [{ role, departments: 'all' }],
  mustChangePassword: false,
});

/** The departments of the sample file on a database of their own, on 10 November 2026. */
export interface DepartmentsWorld {
  readonly database: TestDatabase;
  readonly slice: DepartmentsSlice;
}

/** Opens the world; drop its database afterwards. */
export async function openDepartmentsWorld(): Promise<DepartmentsWorld> {
  const database = await openTestDatabase();
  const clock = { now: () => new Date('2026-11-10T00:00:00Z') };
  const audit = testAudit(database.connection, clock);
  const slice = wireDepartments({
    connection: database.connection,
    clock,
    hospitalTime: createHospitalTime('Asia/Shanghai'),
    guard: guardFor,
    recordAuditEvent: audit.recordAuditEvent,
    translate: testTranslate,
    languages: locales,
    seedFile: `${projectRoot()}/config/departments.sample.json`,
    shell: testShell,
    renderPage: testTemplates().page,
  });
  await slice.seed();
  return { database, slice };
}
